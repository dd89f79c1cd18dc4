// Asks the lab for the fleet once a second and shows it. What is shown is marked as old as soon as an answer is missing.

const INTERVAL_MILLIS = 1000;
const TIMEOUT_MILLIS = 3000;

const services = document.querySelector("#services");
const summary = document.querySelector("#summary");
const stale = document.querySelector("#stale");
const troubles = document.querySelector("#troubles");

let lastAnswer = null;

function element(name, text, className) {
  const created = document.createElement(name);
  if (text !== undefined) created.textContent = text;
  if (className) created.className = className;
  return created;
}

function age(startedAt, now) {
  const seconds = Math.max(0, Math.round((new Date(now) - new Date(startedAt)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

function tile(instance, now) {
  const item = element("li", undefined, `tile ${instance.state}`);
  item.append(element("div", instance.id, "name"));
  item.append(element("p", `${instance.state.replace("-", " ")} · ${age(instance.startedAt, now)} old`, "facts"));
  const facts = [`${instance.inFlight} in flight`];
  if (instance.startMillis !== undefined) facts.push(`ready after ${(instance.startMillis / 1000).toFixed(1)} s`);
  if (instance.memoryBytes !== undefined) facts.push(`${Math.round(instance.memoryBytes / 1048576)} MiB`);
  item.append(element("p", facts.join(" · "), "facts"));
  return item;
}

function showServices(fleet) {
  const byService = Map.groupBy
    ? Map.groupBy(fleet.instances, (instance) => instance.service)
    : fleet.instances.reduce((groups, instance) => groups.set(instance.service, [...(groups.get(instance.service) ?? []), instance]), new Map());
  services.replaceChildren(
    ...[...byService].map(([service, instances]) => {
      const section = element("section");
      const list = element("ul", undefined, "tiles");
      list.append(...instances.map((instance) => tile(instance, fleet.at)));
      section.append(element("h2", service), list);
      return section;
    }),
  );
  const ready = fleet.instances.filter((instance) => instance.state === "ready").length;
  summary.textContent = fleet.instances.length === 0
    ? "No instance is running."
    : `${ready} of ${fleet.instances.length} instances are ready.`;
}

function showTroubles(fleet) {
  troubles.hidden = fleet.troubles.length === 0;
  troubles.replaceChildren(
    element("h2", "Do not stay"),
    ...fleet.troubles.map((trouble) => {
      const item = element("div", undefined, "tile crash-looping");
      item.append(element("div", trouble.slot, "name"));
      item.append(element("p", `ended ${trouble.failures} times, the last time with exit code ${trouble.exitCode}`, "facts"));
      item.append(element("pre", trouble.lastLines.join("\n")));
      return item;
    }),
  );
}

function markStale(isStale) {
  document.body.classList.toggle("stale", isStale);
  stale.hidden = !isStale;
  if (isStale) {
    stale.textContent = lastAnswer
      ? `The lab does not answer. What you see is from ${lastAnswer.toLocaleTimeString()}.`
      : "The lab does not answer.";
  }
}

async function refresh() {
  try {
    const answer = await fetch("/lab/fleet", { signal: AbortSignal.timeout(TIMEOUT_MILLIS), cache: "no-store" });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const fleet = await answer.json();
    lastAnswer = new Date();
    showServices(fleet);
    showTroubles(fleet);
    markStale(false);
  } catch {
    markStale(true);
  }
  setTimeout(refresh, INTERVAL_MILLIS);
}

refresh();
