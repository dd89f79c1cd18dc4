package dev.drover.platform.outbox;

import java.util.ArrayList;
import java.util.List;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobMoves;

/** Where moved jobs arrive while there is room. */
final class InMemoryJobMoves implements JobMoves {

    final List<JobId> arrived = new ArrayList<>();
    boolean full;

    @Override
    public ArrivalResult arrive(JobId id, String record, String payload, String checkpoint) {
        if (full) {
            return new ArrivalResult.QueueFull(1);
        }
        arrived.add(id);
        return new ArrivalResult.Arrived();
    }
}
