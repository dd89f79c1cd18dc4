package dev.drover.jobs.media.sweep;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * How far a sweep is; what a later run goes on from.
 *
 * @param after the last thing the phase has looked at; empty at its beginning
 */
@RegisterForReflection
record SweepProgress(
        @JsonProperty("phase") Phase phase,
        @JsonProperty("after") String after,
        @JsonProperty("report") SweepReport report) {

    enum Phase {
        /** Uploads past their time. */
        OVERDUE,
        /** Objects without an entry in the ledger. */
        ORPHANS,
        /** Entries that say ready, without an object. */
        LOST,
        /** Multipart uploads nobody goes on with. */
        MULTIPART,
        DONE;

        Phase next() {
            return values()[ordinal() + 1];
        }
    }

    static final SweepProgress BEGIN = new SweepProgress(Phase.OVERDUE, "", SweepReport.NOTHING);

    SweepProgress in(String place, SweepReport found) {
        return new SweepProgress(phase, place, report.plus(found));
    }

    SweepProgress next(SweepReport found) {
        return new SweepProgress(phase.next(), "", report.plus(found));
    }
}
