package dev.drover.jobs.media;

import java.util.List;

/** What looking into a file found. */
sealed interface Examination {

    /** It is what it claims to be. */
    record Fit(List<Rendition> renditions) implements Examination {}

    record Refused(Unfit reason) implements Examination {}
}
