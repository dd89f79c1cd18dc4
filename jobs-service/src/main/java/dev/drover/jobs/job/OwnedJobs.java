package dev.drover.jobs.job;

import java.util.List;
import java.util.Optional;

import dev.drover.platform.jobs.JobId;

/**
 * Which jobs an account has added, whatever queue they are on: the latest of them, in a list of their own in the account's slot. A job is
 * entered before it is added, so a crash may leave an entry without a job, which a reader passes over.
 */
public interface OwnedJobs {

    /** Before they are added. Harmless when repeated. */
    void note(String owner, List<JobId> ids);

    /** Newest first, those after {@code after}; at most {@code limit}. */
    List<JobId> list(String owner, Optional<JobId> after, int limit);

    /** The account has no list any more; harmless when repeated. */
    void forget(String owner);
}
