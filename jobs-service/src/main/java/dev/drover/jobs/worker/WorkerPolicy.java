package dev.drover.jobs.worker;

import java.time.Duration;

import dev.drover.jobs.lease.LeaseTerms;

/** How a loop works, whatever the queue. */
record WorkerPolicy(String worker, int concurrency, Duration lease, Duration patience, Processors processors) {

    private static final int PARTS = 3;

    /** A call costs Redis as much as a handful of jobs: fewer hands than that are not parted. */
    private static final int PART_MIN = 32;

    WorkerPolicy {
        if (concurrency < 1 || concurrency > LeaseTerms.JOBS_LIMIT) {
            throw new IllegalArgumentException(
                    "drover.jobs.worker.concurrency is 1 to " + LeaseTerms.JOBS_LIMIT + ": " + concurrency);
        }
        if (lease.toMillis() < 100) {
            throw new IllegalArgumentException("drover.jobs.worker.lease leaves no time for a heartbeat: " + lease);
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("drover.jobs.worker.patience must be positive: " + patience);
        }
    }

    /** However busy the processors are. */
    WorkerPolicy(String worker, int concurrency, Duration lease, Duration patience) {
        this(worker, concurrency, lease, patience, Processors.ofThisMachine(100, 100));
    }

    /**
     * How many jobs one call asks for at most. All hands at once would be free at once again, and this process and Redis would wait for each other
     * in turn; in parts, one is handed out while another is worked on and a third is said to be done.
     */
    int leasedAtOnce() {
        return Math.max(concurrency / PARTS, Math.min(concurrency, PART_MIN));
    }

    Duration heartbeat() {
        return Duration.ofNanos(lease.toNanos() / 3);
    }

    LeaseTerms terms(int jobsMax) {
        return new LeaseTerms(jobsMax, lease, worker);
    }
}
