// The suite's public API as a browser has it, and a note of who answered.

import { byId, element, setText } from "./elements.js";

const ANSWERS_KEPT = 60;
const session = { access: null, refresh: null };
let refreshing = null;

export const suite = { sub: null, token: () => session.access };

export class Refused extends Error {
  constructor(problem, status) {
    super(problem?.detail ?? problem?.title ?? `status ${status}`);
    this.code = problem?.code;
    this.status = status;
  }

  /** A store or an instance is away, or there were too many at once: the same may well succeed a moment later. */
  get passes() {
    return this.status === 429 || this.status >= 500;
  }
}

function note(method, path, answer, by) {
  const list = byId("answers");
  list.querySelector(".quiet")?.remove();
  const row = element(
    "li",
    {},
    element("span", { class: "what", text: `${method} ${path}`, title: `${method} ${path}` }),
    element("span", { class: answer.ok ? "" : "refused", text: String(answer.status) }),
    element("span", { class: "by", text: by ?? "" }),
  );
  list.prepend(row);
  while (list.children.length > ANSWERS_KEPT) list.lastChild.remove();
}

export function servedBy(part, instance) {
  const chip = document.querySelector(`.by[data-by="${part}"]`);
  if (chip && instance) {
    setText(chip, instance);
    chip.title = `The last answer came from ${instance}`;
  }
}

async function send(method, path, { body, headers = {}, type = "application/json", part, key, quiet }) {
  const all = { Accept: "application/json", ...headers };
  if (session.access) all.Authorization = `Bearer ${session.access}`;
  if (body !== undefined) all["Content-Type"] = type;
  if (key) all["Idempotency-Key"] = key;
  const answer = await fetch(path, {
    method,
    headers: all,
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: "omit",
    cache: "no-store",
    signal: AbortSignal.timeout(30_000),
  });
  const by = answer.headers.get("X-Served-By");
  if (!quiet) note(method, path, answer, by);
  if (part) servedBy(part, by);
  return answer;
}

async function refresh() {
  const refreshToken = session.refresh;
  if (!refreshToken) return false;
  refreshing ??= send("POST", "/auth/refresh", { body: { refreshToken }, part: "auth" })
    .then(async (answer) => {
      if (answer.ok) keep(await answer.json());
      return answer.ok;
    })
    .finally(() => (refreshing = null));
  return refreshing;
}

export function keep(tokens) {
  session.access = tokens?.accessToken ?? null;
  session.refresh = tokens?.refreshToken ?? null;
}

/** An answer that is not good is thrown as Refused. What is not safe to repeat carries a key, so repeating it is safe too. */
export async function call(method, path, options = {}) {
  const named = method === "GET" ? options : { key: crypto.randomUUID(), ...options };
  let answer = await send(method, path, named);
  if (answer.status === 401 && session.refresh && !path.startsWith("/auth/log") && (await refresh())) {
    answer = await send(method, path, named);
  }
  const text = await answer.text();
  const body = text && /json/.test(answer.headers.get("Content-Type") ?? "") ? JSON.parse(text) : null;
  if (!answer.ok && answer.status !== 304) throw new Refused(body, answer.status);
  return { status: answer.status, body, etag: answer.headers.get("ETag"), by: answer.headers.get("X-Served-By") };
}

function words(failure) {
  if (!(failure instanceof Refused)) return "No answer.";
  if (failure.code === "store_unavailable") return "A store of the suite does not answer. What was acknowledged is safe; this was not done.";
  if (failure.status === 429) return `Too much at once. ${failure.message}`;
  return failure.passes ? `The suite cannot do this at the moment. ${failure.message}` : failure.message;
}

/**
 * Runs what a person asked for. A failure is said where it belongs, and one that passes comes with a button to try again: the action gets the same
 * key then, so that what was done after all is not done twice.
 */
export async function attempt(errorId, action, key = crypto.randomUUID()) {
  const place = byId(errorId);
  place.replaceChildren();
  try {
    return await action(key);
  } catch (failure) {
    place.append(words(failure));
    if (!(failure instanceof Refused) || failure.passes) {
      place.append(" ", element("button", { type: "button", class: "again", text: "Try again", onclick: () => attempt(errorId, action, key) }));
    }
    return undefined;
  }
}
