package dev.drover.jobs.job;

import java.util.Optional;

/** Which jobs are meant; what is empty is not asked for. {@code reason}: of their error. */
record JobFilter(Optional<String> type, Optional<String> reason, Optional<String> owner) {

    static final JobFilter ALL = new JobFilter(Optional.empty(), Optional.empty(), Optional.empty());
}
