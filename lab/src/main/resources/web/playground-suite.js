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

/** Runs what a person asked for; a failure is said where it belongs. */
export async function attempt(errorId, action) {
  const place = byId(errorId);
  setText(place, "");
  try {
    return await action();
  } catch (failure) {
    setText(place, failure instanceof Refused ? failure.message : "No answer. Try again.");
    return undefined;
  }
}
