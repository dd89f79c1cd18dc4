// The playground: each part is asked only when somebody is in.

import { openChat, startChat } from "./playground-chat.js";
import { openFlags } from "./playground-flags.js";
import { openJobs, startJobs } from "./playground-jobs.js";
import { openPicture, startPicture } from "./playground-picture.js";
import { openProfile, startProfile } from "./playground-profile.js";
import { startAccount } from "./playground-account.js";

function open(isIn) {
  openProfile(isIn);
  openPicture(isIn);
  openJobs(isIn);
  openChat(isIn);
  openFlags(isIn);
}

if (location.hostname === "127.0.0.1") {
  // The suite and its store know this machine by its name.
  location.replace(location.href.replace("127.0.0.1", "localhost"));
} else {
  startProfile();
  startPicture();
  startJobs();
  startChat();
  startAccount({ onIn: () => open(true), onOut: () => open(false) });
}
