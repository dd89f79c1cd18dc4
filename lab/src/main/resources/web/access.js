// What acts needs the lab's key in a header. On the user's own machine the lab gives it to its own page; elsewhere the page asks for it.

import { byId, toast } from "./elements.js";

const KEPT_AS = "drover-room-key";
const TIMEOUT_MILLIS = 30_000;

let key = sessionStorage.getItem(KEPT_AS);

/** A question in a dialog; true for yes. */
export function ask(text, { withToken = false } = {}) {
  const dialog = byId("ask");
  byId("ask-text").textContent = text;
  byId("ask-field").hidden = !withToken;
  byId("ask-token").value = "";
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

async function askForKey() {
  if (!(await ask("The token of this control room:", { withToken: true }))) return null;
  key = byId("ask-token").value.trim();
  sessionStorage.setItem(KEPT_AS, key);
  return key;
}

async function givenKey() {
  const answer = await fetch("/lab/key", { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
  return answer.ok ? (await answer.json()).key : null;
}

/** For requests that only look. */
export function keyHeaders() {
  return key ? { Authorization: `Bearer ${key}` } : {};
}

/** Where looking needs the key too. @return whether there is one now */
export async function obtainKey() {
  return Boolean(await askForKey());
}

function send(path, body) {
  return fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...keyHeaders() },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MILLIS),
  });
}

/** Does something; says why when it was refused. @return whether it was done */
export async function act(path, body = {}) {
  try {
    if (!key) key = (await givenKey()) ?? (await askForKey());
    if (!key) return false;
    let answer = await send(path, body);
    if (answer.status === 401) {
      // Another run of the lab has another key.
      sessionStorage.removeItem(KEPT_AS);
      key = (await givenKey()) ?? (await askForKey());
      if (!key) return false;
      answer = await send(path, body);
    }
    if (answer.ok) return true;
    toast((await answer.json()).detail);
  } catch {
    toast("The lab did not answer; whether it was done is not known.");
  }
  return false;
}
