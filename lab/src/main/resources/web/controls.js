// Load and stores.

import { act } from "./access.js";
import { byId, count, element, setText } from "./elements.js";
import { confirmed } from "./herd.js";

const TITLES = { redis: "Redis", s3: "S3" };
const WORDS = { stop: "Stop", start: "Start", cut: "Cut off", join: "Reconnect", kill: "Kill" };
const rows = new Map();
const rate = byId("load-rate");
let touched = false;

function row(name) {
  const state = element("span", { class: "state" });
  const buttons = element("div", { class: "actions" });
  const node = element("div", { class: "store", "data-store": name }, element("b", { text: TITLES[name] }), state, buttons);
  byId("stores").append(node);
  return { node, state, buttons, shown: null };
}

async function change(name, verb) {
  if (await confirmed(`${WORDS[verb]} ${TITLES[name]}?`)) await act(`/lab/stores/${name}/${verb}`);
}

export function showStores(stores) {
  for (const [name, { state: now, changes }] of Object.entries(stores)) {
    if (!rows.has(name)) rows.set(name, row(name));
    const known = rows.get(name);
    const shown = [now, ...changes].join(" ");
    if (known.shown === shown) continue;
    known.shown = shown;
    known.node.dataset.state = now;
    setText(known.state, now === "given" ? "not started here" : now);
    known.buttons.replaceChildren(
      ...changes.map((verb) =>
        element("button", {
          type: "button",
          text: WORDS[verb],
          "aria-label": `${WORDS[verb]}: ${TITLES[name]}`,
          class: ["stop", "cut", "kill"].includes(verb) ? "danger" : "primary",
          onclick: () => change(name, verb),
        }),
      ),
    );
  }
}

export function showLoad(load) {
  const button = byId("load-switch");
  button.setAttribute("aria-checked", String(load.on));
  setText(button, load.on ? "On" : "Off");
  button.setAttribute("aria-label", "Load");
  if (!touched && load.on) rate.value = load.rate;
  setText(byId("load-rate-shown"), `${load.on && !touched ? load.rate : rate.value} requests/s`);
  const all = load.answered + load.failed;
  setText(
    byId("load-facts"),
    all === 0 && !load.on
      ? "Nobody is at work."
      : `${count(load.answered)} answered · ${count(load.failed)} failed · ${count(load.heldBack)} held back`,
  );
}

export function startControls() {
  const on = () => byId("load-switch").getAttribute("aria-checked") === "true";
  byId("load-switch").addEventListener("click", () => act("/lab/load", { rate: on() ? 0 : Number(rate.value) }));
  rate.addEventListener("input", () => {
    touched = true;
    setText(byId("load-rate-shown"), `${rate.value} requests/s`);
  });
  rate.addEventListener("change", async () => {
    if (on()) await act("/lab/load", { rate: Number(rate.value) });
    touched = false;
  });
}
