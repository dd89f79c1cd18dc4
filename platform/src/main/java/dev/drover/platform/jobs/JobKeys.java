package dev.drover.platform.jobs;

import java.util.List;

/**
 * Where a queue lives: everything under one hash tag, so that each transition is one script in one slot. Jobs are fields of a few hashes
 * and not keys of their own, because a script that pops a job cannot know its key beforehand, and every script declares all its keys.
 *
 * @param queue whose keys these are
 */
public record JobKeys(QueueName queue) {

    /** The set of all queues there are; which is not the queue's own. */
    public static final String QUEUES = "drover:queues";

    /** The same, as a sorted set by when they were entered last (ms); in the slot of {@link #QUEUES}. */
    public static final String QUEUES_ENTERED = "drover:{drover:queues}:entered";

    /** Before the queue's name in {@link #wake()}. */
    public static final String WAKE_PREFIX = "drover:queue-wake:";

    public static JobKeys of(JobId id) {
        return new JobKeys(id.queue());
    }

    /** Hash of job id to the job's record: a JSON object with the members docs/states.md lists. */
    public String jobs() {
        return key("jobs");
    }

    /** Hash of job id to payload: a JSON object as text, never changed. */
    public String payloads() {
        return key("payloads");
    }

    /** Hash of job id to what a run left for the next one. */
    public String checkpoints() {
        return key("checkpoints");
    }

    /** Hash of job id to the JSON value a succeeded job left. */
    public String results() {
        return key("results");
    }

    /** Sorted set of what may run now and is of no group, by priority and then by sequence. */
    public String waiting() {
        return key("waiting");
    }

    /** Sorted set of what may run later, by due time in milliseconds; infinite: when others have ended. */
    public String scheduled() {
        return key("scheduled");
    }

    /** Sorted set of what is leased, by the lease's end in milliseconds. */
    public String active() {
        return key("active");
    }

    /** Sorted sets of what has ended, by the time it did in milliseconds. */
    public String succeeded() {
        return key("succeeded");
    }

    public String failed() {
        return key("failed");
    }

    public String dead() {
        return key("dead");
    }

    public String cancelled() {
        return key("cancelled");
    }

    public List<String> ended() {
        return List.of(succeeded(), failed(), dead(), cancelled());
    }

    /**
     * Hash of numbers: the growing {@code sequence} (order of arrival), {@code token} (fencing) and {@code turn} (of groups),
     * {@code running:<group>}, and what Redis's memory was last ({@code memoryAt}, {@code memoryPercent}).
     */
    public String counters() {
        return key("counters");
    }

    /** Stream of what happened here and must be told elsewhere; see {@link dev.drover.platform.outbox.OutboxEntry}. */
    public String outbox() {
        return key("outbox");
    }

    /** Sorted set of {@code <group> <order> <job id>}, all scores 0: what may run now, of all groups. */
    public String grouped() {
        return key("grouped");
    }

    /** Sorted set of the groups that have jobs waiting, by when their next turn is. */
    public String ring() {
        return key("ring");
    }

    /** Sorted set of the groups at their limit, by when they may go on in milliseconds; infinite: when one of their jobs ends. */
    public String parked() {
        return key("parked");
    }

    /** Sorted set of groups, and {@code *} for the whole queue, by when their rate would be unused again in milliseconds. */
    public String rates() {
        return key("rates");
    }

    /** Hash of what operators set: {@code paused} and the limits. */
    public String settings() {
        return key("settings");
    }

    /** Hash of {@code <owner> <unique key>} to job id. */
    public String unique() {
        return key("unique");
    }

    /** Sorted set of {@code <job id> <id of one that waits for it>}, all scores 0. */
    public String dependents() {
        return key("dependents");
    }

    /** Hash of the id of an active job to {@code <token> <startedAt> <leaseUntil> <worker>}, times in milliseconds. */
    public String leases() {
        return key("leases");
    }

    /** List of what runs of a job wrote down; it ends by itself, because what prunes jobs cannot know it. */
    public String log(JobId id) {
        return key("log:" + id.unique());
    }

    /** What every script of a job's life declares, in the order it names them. */
    public List<String> all() {
        return List.of(
                jobs(),
                payloads(),
                checkpoints(),
                results(),
                waiting(),
                scheduled(),
                active(),
                succeeded(),
                failed(),
                dead(),
                cancelled(),
                counters(),
                outbox(),
                grouped(),
                ring(),
                parked(),
                rates(),
                settings(),
                unique(),
                dependents(),
                leases());
    }

    /** Pub/sub channel that says {@code ready} when an idle worker has a reason to look, and {@code cancelled <id>} when an active job was cancelled. */
    public String wake() {
        return WAKE_PREFIX + queue;
    }

    private String key(String name) {
        return "drover:{q:" + queue + "}:" + name;
    }
}
