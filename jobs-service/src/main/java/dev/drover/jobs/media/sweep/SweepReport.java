package dev.drover.jobs.media.sweep;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a sweep found, and unless it was a dry run removed.
 *
 * @param objects  objects looked at
 * @param expired  uploads past their time
 * @param orphans  objects without an entry in the ledger
 * @param lost     ready files whose object is gone
 * @param uploads  multipart uploads nobody goes on with
 * @param foreign  objects under our prefix with names that are none of ours; they are never touched
 */
@RegisterForReflection
record SweepReport(
        @JsonProperty("objects") long objects,
        @JsonProperty("expired") long expired,
        @JsonProperty("orphans") long orphans,
        @JsonProperty("lost") long lost,
        @JsonProperty("multipartUploads") long uploads,
        @JsonProperty("foreign") long foreign) {

    static final SweepReport NOTHING = new SweepReport(0, 0, 0, 0, 0, 0);

    static SweepReport expired(long count) {
        return new SweepReport(0, count, 0, 0, 0, 0);
    }

    static SweepReport objects(long looked, long orphans, long foreign) {
        return new SweepReport(looked, 0, orphans, 0, 0, foreign);
    }

    static SweepReport lost(long count) {
        return new SweepReport(0, 0, 0, count, 0, 0);
    }

    static SweepReport uploads(long count) {
        return new SweepReport(0, 0, 0, 0, count, 0);
    }

    SweepReport plus(SweepReport more) {
        return new SweepReport(
                objects + more.objects,
                expired + more.expired,
                orphans + more.orphans,
                lost + more.lost,
                uploads + more.uploads,
                foreign + more.foreign);
    }
}
