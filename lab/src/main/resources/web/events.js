// What happened, newest first.

import { byId, element, time } from "./elements.js";

const KEPT = 100;
const list = byId("events");

function row(mark) {
  return element("li", { "data-kind": mark.kind }, element("time", { text: time(mark.at) }), element("span", { text: mark.text }));
}

function showEmpty() {
  if (list.children.length === 0) list.append(element("li", { class: "empty quiet", text: "Nothing has happened yet." }));
}

export function showEvents(history) {
  if (history.complete) list.replaceChildren();
  history.marks.forEach(addEvent);
  showEmpty();
}

export function addEvent(mark) {
  list.querySelector(".empty")?.remove();
  list.prepend(row(mark));
  while (list.children.length > KEPT) list.lastChild.remove();
}
