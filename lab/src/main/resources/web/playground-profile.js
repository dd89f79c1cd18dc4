// The profile, changed only as it was read: somebody else's change in between is not overwritten.

import { attempt, call, Refused } from "./playground-suite.js";
import { byId, setText, toast } from "./elements.js";

let etag = null;

function show({ body, etag: tag }) {
  etag = tag;
  byId("display-name").value = body.displayName ?? "";
  byId("handle").value = body.handle ?? "";
  byId("bio").value = body.bio ?? "";
  setText(byId("profile-version"), `version ${body.version}`);
}

const orNull = (text) => (text.trim() === "" ? null : text.trim());

export function startProfile() {
  byId("profile").addEventListener("submit", (event) => {
    event.preventDefault();
    const change = {
      displayName: orNull(byId("display-name").value),
      bio: orNull(byId("bio").value),
      handle: orNull(byId("handle").value),
    };
    const read = etag;
    attempt("profile-error", async (key) => {
      try {
        show(
          await call("PATCH", "/profiles/me", {
            body: change,
            type: "application/merge-patch+json",
            headers: { "If-Match": read },
            part: "profile",
            key,
          }),
        );
        toast("Saved.", "good");
      } catch (failure) {
        if (!(failure instanceof Refused) || failure.code !== "precondition_failed") throw failure;
        show(await call("GET", "/profiles/me", { part: "profile" }));
        throw new Refused({ detail: "It was changed elsewhere meanwhile; this is how it stands." }, 412);
      }
    });
  });
}

export function openProfile(isIn) {
  byId("profile").querySelector("fieldset").disabled = !isIn;
  if (isIn) attempt("profile-error", async () => show(await call("GET", "/profiles/me", { part: "profile" })));
}
