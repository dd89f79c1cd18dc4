// Sends the token of the link, with what the form asks for. Opening the page does nothing: programs that look at links before people do
// must not use them up.

const form = document.querySelector("form");
const result = document.querySelector("#result");
const token = new URLSearchParams(location.hash.slice(1)).get("token");

function say(text) {
  result.textContent = text;
}

if (!token) {
  form.hidden = true;
  say("This link is not complete. Open it from the mail once more.");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  say("One moment…");
  const body = { ...Object.fromEntries(new FormData(form)), token };
  try {
    const answer = await fetch(form.dataset.post, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (answer.ok) {
      form.hidden = true;
      history.replaceState(null, "", location.pathname);
      say(form.dataset.done);
      return;
    }
    const problem = await answer.json();
    say(problem.violations?.length ? `The password ${problem.violations[0].message}.` : `${problem.title}.`);
  } catch {
    say("There was no answer. Try again.");
  }
});
