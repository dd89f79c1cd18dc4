// The fleet as tiles: one per place of a service. What comes into a place replaces what was there, so nothing moves when an instance dies.

import { act, ask } from "./access.js";
import { age, byId, bytes, element, setText } from "./elements.js";

const WORDS = { "not-ready": "not ready" };
const place = byId("services");
const sections = new Map(); // service -> { section, list, tiles, … }
let kind = "processes";
let signals = [];

export async function confirmed(text) {
  // Here it is a toy; there it may be somebody's cluster.
  return kind === "processes" || ask(`${text} This is a real cluster.`);
}

async function signal(tile, name, what) {
  if (tile.id && (await confirmed(`${what} ${tile.id}?`))) await act(`/lab/instances/${tile.id}/kill`, { signal: name });
}

async function scale(service, by) {
  const wanted = Math.max(0, sections.get(service).wanted + by);
  const { autoscaler } = sections.get(service);
  const limits = autoscaler ? ` Its autoscaler keeps it between ${autoscaler.min} and ${autoscaler.max}${wanted === 0 ? ", and rests while there is none" : ""}.` : "";
  if (await confirmed(`Scale ${service} to ${wanted}?${limits}`)) await act(`/lab/services/${service}/scale`, { replicas: wanted });
}

async function restart(service) {
  if (await confirmed(`Restart ${service}, one instance after the other?`)) await act(`/lab/services/${service}/restart`);
}

function button(text, label, onclick, properties = {}) {
  return element("button", { type: "button", text, "aria-label": label, title: label, onclick, ...properties });
}

function section(name) {
  const known = sections.get(name);
  if (known) return known;
  const facts = element("span", { class: "quiet" });
  const list = element("ul", { class: "tiles" });
  const trouble = element("pre", { class: "trouble", hidden: true });
  const scaler = element("p", { class: "quiet scaler", hidden: true });
  const created = { list, facts, scaler, trouble, tiles: new Map(), wanted: 0, autoscaler: null };
  created.restart = button("restart", `Rolling restart of ${name}`, () => restart(name));
  created.section = element(
    "section",
    { class: "service", "aria-labelledby": `service-${name}`, "data-service": name },
    element(
      "header",
      {},
      element("div", {}, element("h3", { id: `service-${name}`, text: name }), facts),
      element(
        "div",
        { class: "actions" },
        button("−", `One ${name} less`, () => scale(name, -1), { class: "square" }),
        button("+", `One ${name} more`, () => scale(name, 1), { class: "square" }),
        created.restart,
      ),
    ),
    scaler,
    list,
    trouble,
  );
  sections.set(name, created);
  place.append(created.section);
  return created;
}

function fact(label) {
  const value = element("dd", { text: "–" });
  return { value, row: element("div", {}, element("dt", { text: label }), value) };
}

function tile(placeName) {
  const parts = {
    id: null,
    name: element("span", { class: "name" }),
    state: element("span", { class: "state" }),
    ghost: element("p", { class: "ghost" }),
    age: fact("age"),
    cpu: fact("CPU"),
    memory: fact("memory"),
    rate: fact("req/s"),
  };
  parts.kill = button("kill", "Kill", () => signal(parts, "KILL", "Kill"), { class: "danger" });
  parts.drain = button("drain", "Drain", () => signal(parts, "TERM", "Drain"));
  parts.pause = button("pause", "Pause", () =>
    parts.item.dataset.state === "stopped" ? signal(parts, "CONT", "Continue") : signal(parts, "STOP", "Pause"),
  );
  parts.item = element(
    "li",
    { class: "tile", tabindex: "0", "data-place": placeName },
    element("p", { class: "title" }, parts.name, parts.state),
    element("dl", { class: "facts" }, parts.age.row, parts.cpu.row, parts.memory.row, parts.rate.row),
    element("div", { class: "actions" }, parts.kill, parts.drain, parts.pause),
    parts.ghost,
  );
  parts.item.addEventListener("keydown", (event) => {
    if (event.target !== parts.item || event.ctrlKey || event.metaKey || event.altKey) return;
    ({ k: parts.kill, d: parts.drain, p: parts.pause })[event.key]?.click();
  });
  return parts;
}

function placeOf(member) {
  return /^(.+-\d+)-[a-z0-9]{3}$/.exec(member.id)?.[1] ?? member.id;
}

function label(node, text) {
  if (node.getAttribute("aria-label") !== text) {
    node.setAttribute("aria-label", text);
    node.title = text;
  }
}

function update(parts, member, others, now) {
  const dead = member.state === "dead";
  parts.id = dead ? null : member.id;
  parts.item.dataset.state = member.state;
  parts.item.dataset.instance = member.id;
  setText(parts.name, member.id);
  setText(parts.state, WORDS[member.state] ?? member.state);
  label(parts.item, `${member.id}, ${WORDS[member.state] ?? member.state}`);
  setText(parts.age.value, dead ? "–" : age(now - member.startedAt));
  setText(parts.cpu.value, member.cpuPercent === undefined ? "–" : `${Math.round(member.cpuPercent)} %`);
  setText(parts.memory.value, member.memoryBytes === undefined ? "–" : bytes(member.memoryBytes));
  setText(parts.rate.value, member.requestsPerSecond === undefined ? "–" : String(Math.round(member.requestsPerSecond)));
  for (const [node, name] of [[parts.kill, "KILL"], [parts.drain, "TERM"], [parts.pause, "STOP"]]) {
    node.disabled = dead;
    node.hidden = !signals.includes(name);
  }
  const stopped = member.state === "stopped";
  setText(parts.pause, stopped ? "continue" : "pause");
  label(parts.kill, `Kill ${member.id}`);
  label(parts.drain, `Drain ${member.id}`);
  label(parts.pause, `${stopped ? "Continue" : "Pause"} ${member.id}`);
  const gone = others.at(-1);
  setText(parts.ghost, gone ? `${gone.id} ${gone.state === "dead" ? "is dead" : `is ${gone.state}`}` : "");
}

function autoscaling({ min, max, targetPercent, nowPercent }) {
  const use = targetPercent === undefined ? "" : `, CPU ${nowPercent ?? "–"} of ${targetPercent} %`;
  return `Autoscaler: ${min} to ${max}${use}`;
}

function showService(service, now) {
  const known = section(service.name);
  known.wanted = service.wanted;
  known.autoscaler = service.autoscaler ?? null;
  const ready = service.members.filter((member) => member.state === "ready").length;
  setText(known.facts, service.restarting ? `${ready}/${service.wanted} restarting` : `${ready} of ${service.wanted} ready`);
  known.scaler.hidden = !service.autoscaler;
  if (service.autoscaler) setText(known.scaler, autoscaling(service.autoscaler));
  known.restart.disabled = service.restarting;
  const places = new Map();
  for (const member of service.members) {
    const key = placeOf(member);
    places.set(key, [...(places.get(key) ?? []), member]);
  }
  for (const [key, parts] of known.tiles) {
    if (!places.has(key)) {
      parts.item.remove();
      known.tiles.delete(key);
    }
  }
  const keys = [...places.keys()].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  keys.forEach((key, index) => {
    const members = places.get(key).sort((a, b) => a.startedAt - b.startedAt);
    const parts = known.tiles.get(key) ?? tile(key);
    known.tiles.set(key, parts);
    if (known.list.children[index] !== parts.item) known.list.insertBefore(parts.item, known.list.children[index] ?? null);
    update(parts, members.at(-1), members.slice(0, -1), now);
  });
  known.trouble.hidden = service.troubles.length === 0;
  setText(known.trouble, service.troubles.join("\n"));
}

export function showHerd(fleet) {
  kind = fleet.kind;
  setText(byId("notes"), (fleet.notes ?? []).join(" "));
  signals = fleet.signals;
  fleet.services.forEach((service) => showService(service, fleet.at));
  const members = fleet.services.flatMap((service) => service.members).filter((member) => member.state !== "dead");
  const ready = members.filter((member) => member.state === "ready").length;
  const scaling = fleet.autoscale?.on ? " The autoscaler is at work." : "";
  setText(
    byId("summary"),
    members.length === 0 ? "No instance is running." : `${ready} of ${members.length} instances are ready.${scaling}`,
  );
}
