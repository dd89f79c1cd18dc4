package dev.drover.jobs.lease;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.drover.platform.jobs.JobId;

/** Hears what a worker of this process would. */
@Singleton
public class CancelledJobs {

    private final Set<JobId> heard = ConcurrentHashMap.newKeySet();

    void hear(@Observes JobCancelled event) {
        heard.add(event.id());
    }

    boolean heard(JobId id) {
        return heard.contains(id);
    }
}
