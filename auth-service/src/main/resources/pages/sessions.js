// The sessions of whoever has a session cookie here, each with a button that ends it.

const list = document.querySelector("#sessions");
const result = document.querySelector("#result");

function item(session) {
  const line = document.createElement("li");
  const since = new Date(session.createdAt).toLocaleString();
  const used = new Date(session.lastUsedAt).toLocaleString();
  line.append(`${session.device}, ${session.address}. Logged in ${since}, last used ${used}. `);
  const end = document.createElement("button");
  end.textContent = session.current ? "Log out here" : "End it";
  end.addEventListener("click", async () => {
    end.disabled = true;
    try {
      const answer = await fetch(`/auth/sessions/${session.id}`, { method: "DELETE" });
      result.textContent = answer.ok || answer.status === 404 ? "It has ended." : `${(await answer.json()).title}.`;
      await show();
    } catch {
      end.disabled = false;
      result.textContent = "There was no answer. Try again.";
    }
  });
  line.append(end);
  return line;
}

async function show() {
  const answer = await fetch("/auth/sessions");
  if (answer.status === 401) {
    list.replaceChildren();
    result.textContent = "Log in first, then open this page again.";
    return;
  }
  const body = await answer.json();
  if (!answer.ok) {
    result.textContent = `${body.title}.`;
    return;
  }
  list.replaceChildren(...body.sessions.map(item));
}

try {
  result.textContent = "";
  await show();
} catch {
  result.textContent = "There was no answer. Load the page again.";
}
