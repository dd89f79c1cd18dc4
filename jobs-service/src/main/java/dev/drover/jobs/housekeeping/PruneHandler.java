package dev.drover.jobs.housekeeping;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drover.jobs.job.JobState;
import dev.drover.jobs.worker.JobExecution;
import dev.drover.jobs.worker.JobHandler;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.platform.jobs.QueueIndex;
import dev.drover.platform.jobs.QueueName;

/**
 * {@code housekeeping.prune}: forgets ended jobs of all queues by age and number, and queues that nobody uses any more. Being interrupted anywhere
 * only leaves some for the next time.
 */
@Singleton
final class PruneHandler implements JobHandler {

    static final String TYPE = "housekeeping.prune";

    private static final Set<JobState> ENDS =
            Set.of(JobState.SUCCEEDED, JobState.FAILED, JobState.DEAD, JobState.CANCELLED);

    private final PruneStore store;
    private final QueueIndex queues;
    private final HousekeepingConfig config;
    private final ObjectMapper json;

    PruneHandler(PruneStore store, QueueIndex queues, HousekeepingConfig config, ObjectMapper json) {
        this.store = store;
        this.queues = queues;
        this.config = config;
        this.json = json;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JobOutcome handle(JobExecution execution) throws Exception {
        Map<JobState, Integer> forgotten = new EnumMap<>(JobState.class);
        int released = 0;
        for (QueueName queue : queues.all()) {
            for (JobState end : ENDS) {
                forgotten.merge(end, prune(queue, end, execution), Integer::sum);
            }
            released += release(queue) ? 1 : 0;
        }
        Map<String, Integer> result = new TreeMap<>();
        forgotten.forEach((end, count) -> result.put(end.word(), count));
        return new JobOutcome.Succeeded(json.writeValueAsString(Map.of("forgotten", result, "queues", released)));
    }

    /** First the name: whoever adds a job from then on enters the queue again, and then it is not empty. */
    private boolean release(QueueName queue) {
        boolean isReleased = store.isEmpty(queue) && queues.release(queue, config.queueUnusedFor());
        if (isReleased) {
            store.forgetEmpty(queue);
        }
        return isReleased;
    }

    private int prune(QueueName queue, JobState end, JobExecution execution) {
        var ageMax = end == JobState.DEAD ? config.keepDead() : config.keepEnded();
        int total = 0;
        int batch;
        do {
            batch = store.prune(queue, end, ageMax, config.keepMax(), config.batchMax());
            total += batch;
        } while (batch == config.batchMax() && execution.isLeaseHeld());
        return total;
    }
}
