// The suite's queues, looked at every two seconds, and what an admin does with them. Text is text: nothing a job says becomes part of the page.

import { act, ask, keyHeaders, obtainKey } from "./access.js";
import { byId, count, element, setText, time } from "./elements.js";

const INTERVAL_MILLIS = 2000;
const TIMEOUT_MILLIS = 10_000;
const STATES = ["waiting", "scheduled", "active", "succeeded", "failed", "dead", "cancelled"];

const cards = new Map();
let lastWord = null;

async function get(path) {
  return fetch(path, { headers: { Accept: "application/json", ...keyHeaders() }, signal: AbortSignal.timeout(TIMEOUT_MILLIS), cache: "no-store" });
}

function button(text, name, onclick, properties = {}) {
  return element("button", { type: "button", text, "aria-label": `${text}: ${name}`, onclick, ...properties });
}

async function change(name, action, body) {
  if (await act(`/lab/queues/${name}/${action}`, body)) await look().catch(() => {});
}

async function drain(name) {
  if (await ask(`Cancel what waits in ${name} and has not begun?`)) await change(name, "drain");
}

function cell(name) {
  const value = element("dd", { text: "–" });
  return { value, node: element("div", { "data-state": name }, element("dt", { text: name }), value) };
}

function times() {
  const body = element("tbody");
  const cells = {};
  for (const [key, title] of [["waitMs", "waited"], ["runMs", "ran"]]) {
    cells[key] = ["p50", "p95", "p99"].map(() => element("td", { text: "–" }));
    body.append(element("tr", {}, element("th", { scope: "row", text: title }), ...cells[key]));
  }
  const head = element("tr", {}, ...["ms", "p50", "p95", "p99"].map((text) => element("th", { scope: "col", text })));
  return { cells, node: element("table", {}, element("thead", {}, head), body) };
}

function card(name) {
  const counts = Object.fromEntries(STATES.map((state) => [state, cell(state)]));
  const latencies = times();
  const paused = element("span", { class: "paused", text: "paused", hidden: true });
  const flow = button("Pause", name, () => change(name, known.isPaused ? "resume" : "pause"));
  const facts = element("p", { class: "quiet" });
  const died = element("div");
  const dead = element("details", { ontoggle: () => showDead(name) }, element("summary", { text: "What is dead" }), died);
  const title = `queue-${name}`;
  const node = element(
    "section",
    { class: "panel queue", "data-queue": name, "aria-labelledby": title },
    element("div", { class: "head" }, element("h2", { id: title, text: name }), paused, flow, button("Drain", name, () => drain(name), { class: "danger" })),
    element("dl", { class: "counts" }, ...STATES.map((state) => counts[state].node)),
    facts,
    latencies.node,
    dead,
  );
  const known = { node, counts, latencies, paused, flow, facts, died, dead, isPaused: false };
  return known;
}

function group(name, type, reason, jobs) {
  const last = jobs[0];
  const words = `${count(jobs.length)} × ${type}, ${reason}: ${last.error?.detail ?? "no word"} (last at ${time(Date.parse(last.endedAt))})`;
  return element(
    "div",
    { class: "died" },
    element("p", { text: words }),
    button("Redrive", `${type}, ${reason}`, () => change(name, "redrive", { type, reason })),
  );
}

async function showDead(name) {
  const known = cards.get(name);
  if (!known.dead.open) return;
  try {
    const answer = await get(`/lab/queues/${name}/dead`);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const { jobs, more } = await answer.json();
    const groups = Object.values(Object.groupBy(jobs, (job) => `${job.type} ${job.error?.reason}`));
    const shown = JSON.stringify(groups);
    if (known.shown === shown) return;
    known.shown = shown;
    known.died.replaceChildren(
      ...groups.map((all) => group(name, all[0].type, all[0].error?.reason ?? "unknown", all)),
      element("p", { class: "quiet", text: jobs.length === 0 ? "Nothing is." : more ? "There are more than these." : "" }),
    );
  } catch {
    known.died.replaceChildren(element("p", { class: "quiet", text: "They cannot be read now." }));
    known.shown = null;
  }
}

function show(queue) {
  if (!cards.has(queue.name)) cards.set(queue.name, card(queue.name));
  const known = cards.get(queue.name);
  for (const state of STATES) {
    const value = queue.counts[state] ?? 0;
    setText(known.counts[state].value, count(value));
    known.counts[state].node.classList.toggle("some", value > 0);
  }
  known.isPaused = Boolean(queue.pausedSince);
  known.paused.hidden = !known.isPaused;
  setText(known.flow, known.isPaused ? "Resume" : "Pause");
  known.flow.setAttribute("aria-label", `${known.isPaused ? "Resume" : "Pause"}: ${queue.name}`);
  const ended = queue.lastMinute;
  const rates = ended ? ` · last minute ${count(ended.succeeded)} succeeded, ${count(ended.failed)} failed, ${count(ended.dead)} dead` : "";
  setText(known.facts, `the next job has waited ${count(queue.latencyMs)} ms${rates}`);
  for (const [key, cells] of Object.entries(known.latencies.cells)) {
    ["p50", "p95", "p99"].forEach((part, i) => setText(cells[i], queue[key]?.[part] == null ? "–" : count(queue[key][part])));
  }
  known.dead.hidden = (queue.counts.dead ?? 0) === 0 && !known.dead.open;
  showDead(queue.name);
  return known.node;
}

function showAll(queues) {
  const place = byId("queues");
  const nodes = queues.map(show);
  for (const name of cards.keys()) {
    if (!queues.some((queue) => queue.name === name)) cards.delete(name);
  }
  if (nodes.length !== place.children.length || nodes.some((node, i) => place.children[i] !== node)) place.replaceChildren(...nodes);
  const waiting = queues.reduce((sum, queue) => sum + (queue.counts.waiting ?? 0), 0);
  setText(
    byId("summary"),
    queues.length === 0
      ? "There is no queue yet: it is there from its first job on."
      : `${queues.length} queues, ${count(waiting)} jobs wait.`,
  );
}

function setStale(words) {
  document.body.classList.toggle("stale", Boolean(words));
  byId("stale").hidden = !words;
  setText(byId("stale"), words ?? "");
}

/** @return false when there is nothing to be seen without a token, and none was given */
async function look() {
  const answer = await get("/lab/queues");
  if (answer.status === 401) {
    setText(byId("summary"), "Queues are shown to who has the token of this room.");
    return obtainKey();
  }
  if (answer.ok) {
    showAll((await answer.json()).queues);
    lastWord = Date.now();
    setStale(null);
  } else {
    const { detail } = await answer.json();
    setStale(lastWord ? `What you see is from ${time(lastWord)}: ${detail}.` : `There is nothing to see: ${detail}.`);
  }
  return true;
}

async function forever() {
  for (;;) {
    try {
      if (!document.hidden && !(await look())) return;
    } catch {
      setStale(lastWord ? `The lab does not answer. What you see is from ${time(lastWord)}.` : "The lab does not answer.");
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MILLIS));
  }
}

forever();
