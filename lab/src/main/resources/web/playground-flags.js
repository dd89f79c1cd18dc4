// The flags as they stand for this account.

import { call, suite } from "./playground-suite.js";
import { byId, element } from "./elements.js";

const POLL_MILLIS = 2000;
let timer = null;

function row(flag) {
  const value = flag.errorCode ?? (typeof flag.value === "string" ? flag.value : JSON.stringify(flag.value));
  return element(
    "li",
    {},
    element("span", { text: flag.key }),
    element("span", {}, element("b", { text: value }), element("span", { class: "quiet", text: flag.reason ? ` ${flag.reason.toLowerCase()}` : "" })),
  );
}

async function show() {
  const list = byId("flags");
  try {
    const { body } = await call("POST", "/ofrep/v1/evaluate/flags", {
      body: { context: { targetingKey: suite.sub } },
      part: "flags",
      quiet: true,
    });
    const flags = body.flags ?? [];
    list.replaceChildren(...(flags.length > 0 ? flags.map(row) : [element("li", { class: "quiet", text: "No flag is defined." })]));
  } catch (failure) {
    list.replaceChildren(element("li", { class: "quiet", text: failure.status === 404 ? "This build has no flags." : "They cannot be read now." }));
    if (failure.status === 404) openFlags(false);
  }
}

export function openFlags(isIn) {
  clearInterval(timer);
  timer = isIn ? setInterval(() => !document.hidden && show(), POLL_MILLIS) : null;
  if (isIn) show();
}
