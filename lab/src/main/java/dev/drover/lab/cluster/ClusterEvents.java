package dev.drover.lab.cluster;

/** Told of pods of the suite, from the watch's own thread. */
interface ClusterEvents {
    void ready(String pod);

    void ended(String pod);

    /** Something else has changed. */
    void changed();
}
