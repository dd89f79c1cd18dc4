// An upload: asked for, sent straight to the store, completed; then the variants, as they come.

import { attempt, call, Refused } from "./playground-suite.js";
import { byId, bytes, element, setText } from "./elements.js";

const POLL_MILLIS = 500;
const PATIENCE_MILLIS = 60_000;
/** A browser sets these itself. */
const OWN_HEADERS = new Set(["content-length", "host"]);

async function sha256(blob) {
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function paint() {
  const canvas = document.createElement("canvas");
  canvas.width = 960;
  canvas.height = 640;
  const ink = canvas.getContext("2d");
  const hue = Math.floor(Math.random() * 360);
  const sky = ink.createLinearGradient(0, 0, 0, 640);
  sky.addColorStop(0, `hsl(${hue} 60% 70%)`);
  sky.addColorStop(1, `hsl(${(hue + 40) % 360} 60% 88%)`);
  ink.fillStyle = sky;
  ink.fillRect(0, 0, 960, 640);
  for (let hill = 0; hill < 3; hill++) {
    ink.fillStyle = `hsl(${110 + hill * 15} 35% ${52 - hill * 10}%)`;
    ink.beginPath();
    ink.ellipse(150 + hill * 340, 660, 420, 180 + hill * 20, 0, 0, 7);
    ink.fill();
  }
  for (let cow = 0; cow < 14; cow++) {
    const x = 40 + Math.random() * 880;
    const y = 470 + Math.random() * 140;
    ink.fillStyle = Math.random() < 0.5 ? "#3b2a20" : "#f4efe6";
    ink.beginPath();
    ink.ellipse(x, y, 26, 15, 0, 0, 7);
    ink.ellipse(x + 26, y - 12, 9, 8, 0, 0, 7);
    ink.fill();
  }
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
}

/** By XMLHttpRequest, because it tells how far it is. */
function put(grant, blob) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(grant.method, grant.url);
    for (const [name, value] of Object.entries(grant.headers)) {
      if (!OWN_HEADERS.has(name.toLowerCase())) request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => progress((event.loaded / event.total) * 100);
    request.onload = () => (request.status < 300 ? resolve() : reject(new Refused({ detail: `The store answered ${request.status}.` })));
    request.onerror = () => reject(new Refused({ detail: "The store did not answer." }));
    request.send(blob);
  });
}

function progress(percent) {
  byId("upload-progress").value = percent;
}

const say = (text) => setText(byId("upload-state"), text);

async function showVariants(file) {
  const names = file.variants.map((variant) => variant.name);
  const figures = await Promise.all(
    names.map(async (name) => {
      const { body } = await call("GET", `/media/${file.id}/url?variant=${name}`, { part: "media" });
      const facts = file.variants.find((variant) => variant.name === name);
      return element(
        "li",
        {},
        element(
          "figure",
          {},
          element("img", { src: body.url, alt: `The variant ${name}`, width: facts.width, height: facts.height }),
          element("figcaption", { text: `${name}, ${facts.width} × ${facts.height}` }),
        ),
      );
    }),
  );
  byId("variants").replaceChildren(...figures);
}

async function awaitReady(id) {
  const deadline = Date.now() + PATIENCE_MILLIS;
  while (Date.now() < deadline) {
    const { body } = await call("GET", `/media/${id}`, { part: "media" });
    if (body.state === "ready") return body;
    if (body.state === "quarantined") throw new Refused({ detail: `It was not accepted: ${body.reason}.` });
    say(`It is ${body.state}.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
  }
  throw new Refused({ detail: "It is not ready after a minute." });
}

async function upload(blob, fileName) {
  byId("variants").replaceChildren();
  progress(0);
  say(`${fileName}, ${bytes(blob.size)}`);
  const body = { fileName, contentType: blob.type, sizeBytes: blob.size, sha256: await sha256(blob), purpose: "avatar" };
  const { body: grant } = await call("POST", "/media/uploads", { body, part: "media" });
  await put(grant, blob);
  progress(100);
  await call("POST", `/media/uploads/${grant.id}/complete`, { part: "media" });
  const file = await awaitReady(grant.id);
  await showVariants(file);
  say(`Ready: ${file.variants.length} variants.`);
}

export function startPicture() {
  byId("paint").addEventListener("click", () => attempt("picture-error", async () => upload(await paint(), "herd.jpg")));
  byId("file").addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) attempt("picture-error", () => upload(file, file.name));
  });
}

export function openPicture(isIn) {
  byId("paint").disabled = !isIn;
  byId("file").disabled = !isIn;
}
