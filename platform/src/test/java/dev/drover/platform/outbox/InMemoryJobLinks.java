package dev.drover.platform.outbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobLinks;
import dev.drover.platform.redis.StoreUnavailableException;

/** Who waits for whom, who has ended, and who was told; it may stop after so many. */
final class InMemoryJobLinks implements JobLinks {

    private final Map<JobId, List<JobId>> waiting = new LinkedHashMap<>();
    final Map<JobId, String> ended = new LinkedHashMap<>();
    final List<String> released = new ArrayList<>();
    int releasesLeft = Integer.MAX_VALUE;

    @Override
    public LinkResult link(JobId parent, JobId child) {
        if (ended.containsKey(parent)) {
            return new LinkResult.Ended(ended.get(parent));
        }
        waiting.computeIfAbsent(parent, absent -> new ArrayList<>()).add(child);
        return new LinkResult.Linked();
    }

    @Override
    public boolean release(JobId child, JobId parent, String endedAs) {
        if (releasesLeft-- == 0) {
            throw new StoreUnavailableException("Redis", null);
        }
        released.add(child + " " + endedAs);
        return true;
    }

    @Override
    public List<JobId> dependents(JobId parent, int max) {
        return waiting.getOrDefault(parent, List.of()).stream().limit(max).toList();
    }

    @Override
    public void unlink(JobId parent, List<JobId> children) {
        waiting.get(parent).removeAll(children);
    }
}
