package dev.drover.platform.medialedger;

import java.time.Duration;
import java.util.SortedMap;

import dev.drover.platform.objectstore.Sha256;

/** What is known of an upload in parts, on any instance. To whom a file does not belong, it is not there. */
public interface PartLedger {

    /** Notes by which upload of the store the file is made; the first one noted stays, and is answered. */
    AttachResult attach(MediaName name, String uploadId);

    /**
     * Notes the digests of parts that are about to be uploaded. A later word about a part counts.
     *
     * @param pendingFor how long the upload may take from now on
     */
    AnnounceResult announce(MediaName name, SortedMap<Integer, Sha256> parts, Duration pendingFor);

    /** The digests of the parts that were announced, by number. */
    SortedMap<Integer, Sha256> announced(MediaName name);

    sealed interface AttachResult {
        record Attached(String uploadId) implements AttachResult {}

        /** It is complete; nothing was changed. */
        record Past() implements AttachResult {}

        record Gone() implements AttachResult {}
    }

    enum AnnounceResult {
        ANNOUNCED,
        /** It is complete; nothing was changed. */
        PAST,
        GONE
    }
}
