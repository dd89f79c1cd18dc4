package dev.drover.jobs.job;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.problem.ServiceException;

/** The jobs an admin's request is about, a page at a time. */
@Singleton
final class Selections {

    private final JobListStore list;

    Selections(JobListStore list) {
        this.list = list;
    }

    JobListStore.Page dead(QueueName queue, SweepRequest.Selection request) {
        return page(queue, JobState.DEAD, request);
    }

    /** First the waiting ones, then the scheduled ones. */
    JobListStore.Page notBegun(QueueName queue, SweepRequest.Selection request) {
        boolean further = request.cursor() != null
                && JobCursor.parse(request.cursor(), JobState.SCHEDULED).isPresent();
        JobState state = further ? JobState.SCHEDULED : JobState.WAITING;
        JobListStore.Page page = page(queue, state, request);
        Optional<JobCursor> next = page.next();
        if (next.isEmpty() && !further) {
            next = Optional.of(JobCursor.start(JobState.SCHEDULED));
        }
        return new JobListStore.Page(page.jobs(), next);
    }

    private JobListStore.Page page(QueueName queue, JobState state, SweepRequest.Selection request) {
        JobCursor from = request.cursor() == null
                ? JobCursor.start(state)
                : JobCursor.parse(request.cursor(), state)
                        .orElseThrow(
                                () -> ServiceException.invalid("/cursor", "must be the cursor of an earlier answer"));
        return list.list(queue, from, request.lookAt(), request.filter());
    }

    static List<JobId> ids(JobListStore.Page page) {
        return page.jobs().stream().map(Job::id).toList();
    }

    static JobListBody.Swept swept(int changed, JobListStore.Page page) {
        return new JobListBody.Swept(changed, page.next().map(JobCursor::encode).orElse(null));
    }
}
