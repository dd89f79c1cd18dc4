// Small things every page needs. Text is always text: nothing that came over the wire becomes markup.

export function element(name, properties = {}, ...children) {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class") created.className = value;
    else if (key === "text") created.textContent = value;
    else if (key.startsWith("on")) created.addEventListener(key.slice(2), value);
    else if (value === true) created.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) created.setAttribute(key, value);
  }
  created.append(...children);
  return created;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Changes a text only when it is another: what does not change is not read out again, nor laid out. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

export function count(value) {
  return whole.format(value);
}

export function age(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
  return `${Math.floor(seconds / 3600)}h ${Math.floor((seconds % 3600) / 60)}m`;
}

export function bytes(value) {
  if (value < 1024) return `${value} B`;
  if (value < 1048576) return `${Math.round(value / 1024)} KiB`;
  return `${(value / 1048576).toFixed(value < 10485760 ? 1 : 0)} MiB`;
}

export function time(millis) {
  return new Date(millis).toLocaleTimeString("en-GB");
}

const ownTime = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium" });

/** As 2026-01-31 17:05:09, in the time zone of who looks. */
export function dateTime(moment) {
  return ownTime.format(new Date(moment));
}

/** Says something for a moment. */
export function toast(text, kind = "bad") {
  const place = byId("toasts");
  const note = element("p", { class: `toast ${kind}`, text });
  place.append(note);
  while (place.children.length > 4) place.firstChild.remove();
  setTimeout(() => note.remove(), 6000);
}
