// The lab's one live stream. It comes back by itself, with its position, after pauses that grow and vary; silence counts as a loss.

import { keyHeaders, obtainKey } from "./access.js";

const SILENCE_MILLIS = 4000;
const PAUSE_MIN_MILLIS = 250;
const PAUSE_MAX_MILLIS = 4000;

export function follow(handlers) {
  let lastId = null;
  let failures = 0;

  async function once() {
    const abort = new AbortController();
    let silence = setTimeout(() => abort.abort(), SILENCE_MILLIS);
    try {
      const headers = { Accept: "text/event-stream", ...keyHeaders() };
      if (lastId) headers["Last-Event-ID"] = lastId;
      const answer = await fetch("/lab/stream", { headers, signal: abort.signal, cache: "no-store" });
      if (answer.status === 401) {
        clearTimeout(silence);
        await obtainKey();
        return;
      }
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        clearTimeout(silence);
        silence = setTimeout(() => abort.abort(), SILENCE_MILLIS);
        text += value;
        const frames = text.split("\n\n");
        text = frames.pop();
        frames.forEach(take);
        failures = 0;
      }
    } finally {
      clearTimeout(silence);
    }
  }

  function take(frame) {
    let event = "message";
    let data = "";
    for (const line of frame.split("\n")) {
      if (line.startsWith("event: ")) event = line.slice(7);
      else if (line.startsWith("id: ")) lastId = line.slice(4);
      else if (line.startsWith("data: ")) data += line.slice(6);
    }
    handlers.alive();
    handlers[event]?.(JSON.parse(data));
  }

  async function forever() {
    for (;;) {
      try {
        await once();
      } catch {
        // The pause below is the answer to every failure.
      }
      handlers.lost();
      const ceiling = Math.min(PAUSE_MAX_MILLIS, PAUSE_MIN_MILLIS * 2 ** failures++);
      await new Promise((resolve) => setTimeout(resolve, ceiling / 2 + (Math.random() * ceiling) / 2));
    }
  }

  forever();
}
