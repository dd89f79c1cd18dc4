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

async function signUp(email, password, displayName) {
  await call("POST", "/auth/signup", { body: { email, password, displayName }, part: "auth" });
  await logIn(email, password);
}

export function startAccount({ onIn, onOut }) {
  byId("guest").addEventListener("click", (event) => {
    event.target.disabled = true;
    attempt("account-error", async () => {
      await signUp(`guest-${word().slice(0, 12)}@lab.example`, word(), "Guest");
      onIn();
    }).finally(() => (event.target.disabled = false));
  });
  byId("sign-up").addEventListener("submit", (event) => {
    event.preventDefault();
    const email = byId("email").value;
    const password = byId("password").value;
    attempt("account-error", async () => {
      if (event.submitter?.value === "signup") await signUp(email, password, email.split("@")[0]);
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
