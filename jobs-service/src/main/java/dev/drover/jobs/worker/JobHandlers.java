package dev.drover.jobs.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.quarkus.arc.All;

/** The handlers of this process by the type they handle. */
@Singleton
final class JobHandlers {

    private final Map<String, JobHandler> byType;

    JobHandlers(@All List<JobHandler> handlers) {
        Map<String, JobHandler> found = new HashMap<>();
        for (JobHandler handler : handlers) {
            JobHandler other = found.put(handler.type(), handler);
            if (other != null) {
                throw new IllegalStateException("two handlers for " + handler.type() + ": "
                        + other.getClass().getName() + " and "
                        + handler.getClass().getName());
            }
        }
        this.byType = Map.copyOf(found);
    }

    Optional<JobHandler> find(String type) {
        return Optional.ofNullable(byType.get(type));
    }
}
