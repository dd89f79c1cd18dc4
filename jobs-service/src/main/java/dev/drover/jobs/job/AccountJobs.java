package dev.drover.jobs.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;

/** All an account has here: the jobs it has added, as far back as they are listed. */
@Singleton
public final class AccountJobs {

    private static final int PAGE = 100;

    private final OwnedJobs owned;
    private final JobStore jobs;
    private final ForgottenJobs forgotten;

    AccountJobs(OwnedJobs owned, JobStore jobs, ForgottenJobs forgotten) {
        this.owned = owned;
        this.jobs = jobs;
        this.forgotten = forgotten;
    }

    /**
     * Ends what has not ended and forgets all of it, with payloads, results and logs, and the list at last. To be repeated when it fails or
     * is cut short, until it returns; what is gone already is fine. Older jobs than those listed have ended, and go with their age.
     *
     * @return how many jobs were forgotten
     */
    public int erase(String owner) {
        int total = 0;
        Optional<JobId> last = Optional.empty();
        List<JobId> page = owned.list(owner, last, PAGE);
        while (!page.isEmpty()) {
            // A job of another account cannot be in the list, unless an id was noted and then never added.
            Map<QueueName, List<JobId>> mine = page.stream()
                    .filter(id ->
                            jobs.find(id).filter(job -> job.belongsTo(owner)).isPresent())
                    .collect(Collectors.groupingBy(JobId::queue, LinkedHashMap::new, Collectors.toList()));
            for (Map.Entry<QueueName, List<JobId>> some : mine.entrySet()) {
                some.getValue().forEach(jobs::cancel);
                total += forgotten.forget(some.getKey(), some.getValue());
            }
            last = Optional.of(page.getLast());
            page = owned.list(owner, last, PAGE);
        }
        owned.forget(owner);
        return total;
    }
}
