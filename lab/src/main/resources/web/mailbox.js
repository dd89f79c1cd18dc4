// Asks the lab for the mails every two seconds and shows them. Text is text: nothing in a mail becomes part of the page but its links.

import { keyHeaders, obtainKey } from "./access.js";
import { dateTime } from "./elements.js";

const INTERVAL_MILLIS = 2000;
const TIMEOUT_MILLIS = 3000;

const mails = document.querySelector("#mails");
const summary = document.querySelector("#summary");
const stale = document.querySelector("#stale");

let shown = "";

function element(name, text, className) {
  const created = document.createElement(name);
  if (text !== undefined) created.textContent = text;
  if (className) created.className = className;
  return created;
}

function withLinks(text) {
  const body = element("pre");
  for (const part of text.split(/(https?:\/\/\S+)/)) {
    if (/^https?:\/\//.test(part)) {
      const link = element("a", part);
      link.href = part;
      body.append(link);
    } else {
      body.append(part);
    }
  }
  return body;
}

function card(mail) {
  const item = element("article", undefined, "mail");
  item.append(element("h2", mail.subject));
  item.append(element("p", `to ${mail.to} · ${dateTime(mail.receivedAt)}`, "facts"));
  item.append(withLinks(mail.text));
  return item;
}

function show(found) {
  const now = JSON.stringify(found);
  if (now !== shown) {
    shown = now;
    mails.replaceChildren(...found.map(card));
  }
  summary.textContent = found.length === 0 ? "Nothing has been mailed yet." : `${found.length} mails, the newest first.`;
}

async function refresh() {
  try {
    const answer = await fetch("/lab/mailbox", {
      headers: { Accept: "application/json", ...keyHeaders() },
      signal: AbortSignal.timeout(TIMEOUT_MILLIS),
      cache: "no-store",
    });
    if (answer.status === 401) {
      summary.textContent = "Mails are shown to who has the token of this room.";
      if (await obtainKey()) setTimeout(refresh, 0);
      return;
    }
    if (answer.status === 404) {
      summary.textContent = "The mails of this suite do not come here.";
      return;
    }
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    show((await answer.json()).mails);
    stale.hidden = true;
    document.body.classList.remove("stale");
  } catch {
    document.body.classList.add("stale");
    stale.hidden = false;
    stale.textContent = "The lab does not answer. What you see may be old.";
  }
  setTimeout(refresh, INTERVAL_MILLIS);
}

refresh();
