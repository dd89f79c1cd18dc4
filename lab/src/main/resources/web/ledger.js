// The proof: its counters, large; how to start one; the reports of earlier ones.

import { act, keyHeaders } from "./access.js";
import { confirmed } from "./herd.js";
import { age, byId, count, element, setText } from "./elements.js";

const FAULTS = {
  processes: ["kill", "drain", "stop", "rolling", "all", "redis-restart", "redis-pause", "s3-outage"],
  pods: ["kill", "drain", "rolling", "all", "scale"],
};
const REPORTS_MILLIS = 10_000;
const PHASES = {
  starting: "The suite is looked at.",
  warming: "Users are at work, nothing is harmed yet.",
  faults: "Users are at work, and things die.",
  settling: "No more faults; what was accepted may end.",
  auditing: "Each acknowledged effect is asked for.",
};

let running = false;
let reported = false;

function counter(id, value, mustBeZero) {
  const node = byId(id);
  setText(node, value === undefined ? "–" : count(value));
  node.classList.toggle("none", value === undefined);
  node.classList.toggle("bad", mustBeZero && value > 0);
  node.classList.toggle("good", mustBeZero && value === 0);
}

function sentence(proof, counters) {
  if (proof.finished) {
    const { run, holds, interrupted, trouble } = proof.finished;
    if (trouble) return `The proof could not run: ${trouble}`;
    const end = interrupted ? "ended early" : "ended";
    return `Proof with seed ${run.seed} ${end}: ${holds ? "everything holds" : "something does not hold"}.`;
  }
  if (counters && proof.running) {
    return `${PHASES[counters.phase] ?? counters.phase} ${age(counters.elapsedMillis)}, ${counters.faults} faults, ${count(counters.requests)} requests.`;
  }
  if (proof.running) return "A proof begins…";
  return counters ? "The last proof ended without a verdict." : "No proof has run on this data yet.";
}

export function showProof(proof) {
  const counters = proof.finished?.counters ?? proof.tick;
  counter("acknowledged", counters?.acknowledged, false);
  counter("lost", counters?.lost, true);
  counter("duplicated", counters?.duplicated, true);
  setText(byId("proof-line"), sentence(proof, counters));
  byId("proof-begin").disabled = proof.running;
  byId("proof-end").hidden = !proof.startedHere;
  const words = !proof.running && proof.lastWords ? proof.lastWords : "";
  setText(
    byId("proof-facts"),
    proof.running && counters
      ? `${counters.requestsPerSecond.toFixed(0)} requests/s · p99 ${counters.p99Millis.toFixed(0)} ms · ${count(counters.unknown)} unknown · ${count(counters.errors)} errors seen by clients`
      : words,
  );
  // Where looking needs the key, the first look came before anybody had it.
  if (!reported || (running && !proof.running)) showReports();
  running = proof.running;
}

/** @param underWay it is being written now */
function report(found, underWay) {
  const item = element("li", { "data-holds": String(found.holds) });
  const name = found.page
    ? element("a", { href: found.href, target: "_blank", rel: "noopener", text: found.id })
    : element("span", { text: found.id });
  const without = underWay ? "running" : "no verdict";
  const verdict = found.holds === undefined ? without : found.holds ? "holds" : "does not hold";
  const facts = found.counters
    ? `${count(found.counters.acknowledged)} acknowledged, ${count(found.counters.lost)} lost, ${count(found.counters.duplicated)} duplicated, ${found.counters.faults} faults`
    : "";
  item.append(name, element("b", { text: verdict }), element("span", { class: "quiet", text: facts }));
  return item;
}

async function showReports() {
  try {
    const answer = await fetch("/lab/proofs", { headers: keyHeaders(), cache: "no-store" });
    if (!answer.ok) return;
    const { reports } = await answer.json();
    reported = true;
    byId("reports").replaceChildren(
      ...(reports.length > 0 ? reports.map((found, place) => report(found, running && place === 0)) : [element("li", { class: "quiet", text: "No proof has been run." })]),
    );
  } catch {
    // The stream says that the lab is away.
  }
}

/** What can be done to a fleet of this kind; offered once it is known. */
export function showFaults(kind) {
  if (document.querySelector("input[name=fault]")) return;
  byId("proof-faults").append(
    ...FAULTS[kind].map((name) =>
      element("label", { class: "check" }, element("input", { type: "checkbox", name: "fault", value: name, checked: true }), name),
    ),
  );
}

async function begin(proof) {
  if (await confirmed(`Prove for ${proof.seconds} s, with ${proof.faults.length === 0 ? "no faults" : proof.faults.join(", ")}?`)) {
    await act("/lab/proofs", proof);
  }
}

export function startLedger() {
  byId("proof-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const faults = [...document.querySelectorAll("input[name=fault]:checked")].map((box) => box.value);
    const seed = byId("proof-seed").value;
    begin({ seconds: Number(byId("proof-seconds").value), faults, ...(seed ? { seed: Number(seed) } : {}) });
  });
  byId("proof-end").addEventListener("click", () => act("/lab/proofs/end"));
  showReports();
  setInterval(showReports, REPORTS_MILLIS);
}
