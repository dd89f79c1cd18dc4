package dev.drover.jobs.media;

import java.io.IOException;

import dev.drover.platform.medialedger.NewMedia;

/** Asks somebody who knows malicious files about one. */
interface Scanner {

    /** Nobody is asked. */
    Scanner NONE = media -> true;

    /**
     * @return whether it is clean
     * @throws IOException when there was no answer; the file stays unseen and is asked about again
     */
    boolean isClean(NewMedia media) throws IOException, InterruptedException;
}
