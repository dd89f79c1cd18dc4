package dev.drover.jobs.media;

import java.time.Duration;

import dev.drover.platform.medialedger.UploadTerms;

/** What tests of files begin with. */
public final class Given {

    /** Terms on which every file finds room, for an hour. */
    public static final UploadTerms TERMS = terms(Duration.ofHours(1));

    private Given() {}

    public static UploadTerms terms(Duration pendingFor) {
        return new UploadTerms(pendingFor, 0, new UploadTerms.Quota(Long.MAX_VALUE >> 12, 1_000_000));
    }
}
