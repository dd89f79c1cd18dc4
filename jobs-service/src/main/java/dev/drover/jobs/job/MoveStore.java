package dev.drover.jobs.job;

import java.util.Map;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;

/** The first half of a move to another queue. */
interface MoveStore {

    /**
     * Sends jobs of one queue that have not begun on their way: from then on they are in its outbox, which brings them to the other queue
     * within about a second, or as soon as there is room. Atomic; a repeat with the same new ids changes nothing.
     *
     * @param newIds by the id of each
     * @return how many are on their way; the others stay as they were
     */
    int depart(QueueName from, Map<JobId, JobId> newIds);
}
