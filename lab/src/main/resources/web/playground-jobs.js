// A job that counts, run by a worker in the lab, watched by the job's own stream.

import { attempt, call, Refused, servedBy, suite } from "./playground-suite.js";
import { byId, setText } from "./elements.js";

const STEP_MILLIS = 250;
const ENDED = new Set(["succeeded", "failed", "dead", "cancelled"]);
let current = null;

function show(job) {
  byId("job-progress").value = job.state === "succeeded" ? 100 : (job.progress ?? 0);
  const attemptWords = job.attempt > 1 ? `, attempt ${job.attempt}` : "";
  setText(byId("job-state"), `${job.state}${attemptWords}, ${job.state === "succeeded" ? 100 : (job.progress ?? 0)} %`);
  byId("job-cancel").hidden = ENDED.has(job.state);
}

/** Until the job has ended, on as many instances as it takes. */
async function watch(id) {
  let lastId = null;
  let state = "";
  while (!ENDED.has(state) && current === id && suite.token()) {
    try {
      const headers = { Accept: "text/event-stream", Authorization: `Bearer ${suite.token()}` };
      if (lastId) headers["Last-Event-ID"] = lastId;
      const answer = await fetch(`/jobs/${id}/events`, { headers, credentials: "omit", cache: "no-store" });
      servedBy("jobs", answer.headers.get("X-Served-By"));
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        text += value;
        const frames = text.split(/\r?\n\r?\n/);
        text = frames.pop();
        for (const frame of frames) {
          lastId = /^id: ?(.*)$/m.exec(frame)?.[1] ?? lastId;
          const data = /^data: ?(.*)$/m.exec(frame)?.[1];
          if (!data || current !== id) continue;
          const job = JSON.parse(data);
          state = job.state;
          show(job);
        }
      }
    } catch {
      await call("GET", `/jobs/${id}`, { part: "jobs" }).then(
        ({ body }) => {
          state = body.state;
          show(body);
        },
        () => {},
      );
    }
    if (!ENDED.has(state)) await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

export function startJobs() {
  byId("job-begin").addEventListener("click", () => {
    const steps = Number(byId("job-steps").value);
    attempt("job-error", async (key) => {
      if (!(steps >= 1 && steps <= 100)) throw new Refused({ detail: "Between 1 and 100." });
      const { body } = await call("POST", "/jobs", {
        body: { queue: "playground", type: "count", payload: { steps, stepMillis: STEP_MILLIS } },
        part: "jobs",
        key,
      });
      current = body.id;
      show(body);
      watch(body.id);
    });
  });
  byId("job-cancel").addEventListener("click", () =>
    attempt("job-error", async () => show((await call("POST", `/jobs/${current}/cancel`, { part: "jobs" })).body)),
  );
}

export function openJobs(isIn) {
  byId("job-begin").disabled = !isIn;
  if (!isIn) {
    current = null;
    byId("job-cancel").hidden = true;
  }
}
