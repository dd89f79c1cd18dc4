// The control room: one live stream, shown.

import { addEvent, showEvents } from "./events.js";
import { addMark, addSample, showHistory, startCharts } from "./charts.js";
import { byId, setText, time } from "./elements.js";
import { follow } from "./live.js";
import { showHerd } from "./herd.js";
import { showLoad, showStores, startControls } from "./controls.js";
import { showProof, startLedger } from "./ledger.js";

let lastWord = null;

function setStale(isStale) {
  document.body.classList.toggle("stale", isStale);
  byId("stale").hidden = !isStale;
  setText(byId("live-text"), isStale ? "reconnecting" : "live");
  if (isStale) {
    setText(
      byId("stale"),
      lastWord ? `The lab does not answer. What you see is from ${time(lastWord)}.` : "The lab does not answer.",
    );
  }
}

startCharts();
startLedger();
startControls();
follow({
  alive() {
    lastWord = Date.now();
    document.body.classList.remove("loading");
    setStale(false);
  },
  lost: () => setStale(true),
  history(history) {
    showHistory(history);
    showEvents(history);
  },
  fleet(fleet) {
    if (!fleet.services) return;
    showHerd(fleet);
    showStores(fleet.stores);
    showLoad(fleet.load);
    showProof(fleet.proof);
  },
  sample: addSample,
  mark(mark) {
    addMark(mark);
    addEvent(mark);
  },
});
