// Signing up, logging in and out. A guest is an account like any other, with an address nobody reads.

import { attempt, call, keep, suite } from "./playground-suite.js";
import { byId, setText } from "./elements.js";

function word() {
  return crypto.randomUUID().replaceAll("-", "");
}

async function logIn(email, password) {
  keep((await call("POST", "/auth/login", { body: { email, password }, part: "auth" })).body);
  const me = (await call("GET", "/auth/me", { part: "auth" })).body;
  suite.sub = me.id;
  setText(byId("who"), `You are ${me.displayName ?? me.email}.`);
  show(true);
}

function show(isIn) {
  byId("signed-out").hidden = isIn;
  byId("signed-in").hidden = !isIn;
  byId("account-title").closest("section").dataset.in = String(isIn);
}

async function signUp(email, password, displayName, key) {
  await call("POST", "/auth/signup", { body: { email, password, displayName }, part: "auth", key });
  await logIn(email, password);
}

export function startAccount({ onIn, onOut }) {
  byId("guest").addEventListener("click", (event) => {
    event.target.disabled = true;
    const [email, password] = [`guest-${word().slice(0, 12)}@lab.example`, word()];
    attempt("account-error", async (key) => {
      await signUp(email, password, "Guest", key);
      onIn();
    }).finally(() => (event.target.disabled = false));
  });
  byId("sign-up").addEventListener("submit", (event) => {
    event.preventDefault();
    const email = byId("email").value;
    const password = byId("password").value;
    const isNew = event.submitter?.value === "signup";
    attempt("account-error", async (key) => {
      if (isNew) await signUp(email, password, email.split("@")[0], key);
      else await logIn(email, password);
      onIn();
    });
  });
  byId("log-out").addEventListener("click", () =>
    attempt("account-error", async () => {
      await call("POST", "/auth/logout", { part: "auth" });
      keep(null);
      suite.sub = null;
      show(false);
      onOut();
    }),
  );
}
