// Two windows, each with the client that the documentation gives away, on a socket of its own.

import { DroverRealtime } from "./drover-realtime.js";
import { suite } from "./playground-suite.js";
import { byId, element, setText } from "./elements.js";

const CHANNEL = "public:playground";
const KEPT = 200;
const windows = [];

function build(name) {
  const by = element("span", { class: "by" });
  const state = element("p", { class: "quiet", role: "status", text: "Come in first." });
  const list = element("ol", { tabindex: "0", "aria-label": `Messages of ${name}` });
  const input = element("input", { type: "text", maxlength: "500", disabled: true, id: `say-${name}`, autocomplete: "off" });
  const send = element("button", { type: "submit", class: "primary", text: "Send", disabled: true });
  const form = element("form", {}, element("label", { for: `say-${name}`, text: `Message of ${name}` }), input, send);
  const node = element(
    "section",
    { class: "panel chat", "aria-labelledby": `chat-${name}`, "data-chat": name },
    element("header", {}, element("h3", { id: `chat-${name}`, text: name }), by),
    list,
    form,
    state,
  );
  byId("chats").append(node);
  const created = { name, by, state, list, input, send, live: null };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    say(created);
  });
  return created;
}

function append(window, text, className) {
  const nearEnd = window.list.scrollHeight - window.list.scrollTop - window.list.clientHeight < 40;
  window.list.append(element("li", { class: className, text }));
  while (window.list.children.length > KEPT) window.list.firstChild.remove();
  if (nearEnd) window.list.scrollTop = window.list.scrollHeight;
}

async function say(window) {
  const text = window.input.value.trim();
  if (!text || !window.live) return;
  window.input.value = "";
  setText(window.state, "sending…");
  try {
    const { offset } = await window.live.publish(CHANNEL, { from: window.name, text });
    setText(window.state, `Sent; it is message ${offset} of the room.`);
  } catch (failure) {
    setText(window.state, `Not sent: ${failure.message}`);
  }
}

function connect(window) {
  window.live = new DroverRealtime(`${location.origin.replace(/^http/, "ws")}/realtime`, {
    token: () => suite.token(),
    onState(state, detail) {
      if (state === "ready") {
        setText(window.by, detail.instance);
        setText(window.state, "Connected.");
      } else if (state === "waiting") {
        setText(window.state, `Reconnecting in ${Math.round(detail.pauseMs)} ms…`);
      } else if (state === "stopped") {
        setText(window.state, "Disconnected.");
      }
    },
  });
  window.live.subscribe(CHANNEL, {
    onMessage: (message) => append(window, `${message.data?.from ?? "?"}: ${message.data?.text ?? JSON.stringify(message.data)}`),
    onGap: () => append(window, "Some messages could not be had.", "gap"),
  });
}

export function startChat() {
  windows.push(build("Ada"), build("Ben"));
}

export function openChat(isIn) {
  for (const window of windows) {
    window.live?.close();
    window.live = null;
    window.input.disabled = !isIn;
    window.send.disabled = !isIn;
    setText(window.by, "");
    if (isIn) connect(window);
    else setText(window.state, "Come in first.");
  }
}
