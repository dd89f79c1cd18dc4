// The control room: one live stream, shown.

import { addEvent, showEvents } from "./events.js";
import { addMark, addSample, showHistory, startCharts } from "./charts.js";
import { byId, setText, time } from "./elements.js";
import { follow } from "./live.js";
import { showHerd } from "./herd.js";
import { showLoad, showStores, startControls } from "./controls.js";
import { showFaults, showProof, startLedger } from "./ledger.js";

let lastWord = null;

function setStale(isStale) {
  document.body.classList.toggle("stale", isStale);
  byId("stale").hidden = !isStale && !document.body.classList.contains("old");
  setText(byId("live-text"), isStale ? "reconnecting" : "live");
  if (isStale) {
    setText(
      byId("stale"),
      lastWord ? `The lab does not answer. What you see is from ${time(lastWord)}.` : "The lab does not answer.",
    );
  }
}

/** The lab answers, and has not heard of the fleet itself. */
function setOld(since) {
  document.body.classList.toggle("old", Boolean(since));
  if (since) {
    byId("stale").hidden = false;
    setText(byId("stale"), `The cluster does not answer. The fleet is as it was at ${time(since)}.`);
  } else if (!document.body.classList.contains("stale")) {
    byId("stale").hidden = true;
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
    showFaults(fleet.kind);
    showProof(fleet.proof);
    setOld(fleet.staleSince);
  },
  sample: addSample,
  mark(mark) {
    addMark(mark);
    addEvent(mark);
  },
});
