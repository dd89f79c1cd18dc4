package dev.drover.jobs.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.problem.ServiceException;

/** Lists jobs: the caller's own, or those of a queue for whoever sees all. */
@Path("/jobs")
@Tag(name = "jobs")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class JobListResource {

    private static final int PAGE = 20;
    private static final int PAGE_MAX = 100;
    private static final String STATES = "scheduled|waiting|active|succeeded|failed|dead|cancelled";

    private final JobListStore list;
    private final OwnedJobs owned;
    private final VisibleJobs visible;
    private final CurrentCaller caller;

    JobListResource(JobListStore list, OwnedJobs owned, VisibleJobs visible, CurrentCaller caller) {
        this.list = list;
        this.owned = owned;
        this.visible = visible;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "listJobs",
            summary = "List jobs",
            description =
                    "With the role `worker` or `admin` and with `queue`: the jobs there, of one `state` or state after state, waiting ones in "
                            + "the order they would run, ended ones newest first. Otherwise the latest 1,000 jobs the caller has added, newest first. "
                            + "A page may have fewer jobs than asked for and not be the last.")
    @APIResponse(
            responseCode = "200",
            description = "A page of them",
            content = @Content(schema = @Schema(implementation = JobListBody.Page.class)),
            headers = @Header(name = "Link", ref = "Link"))
    public Response list(
            @QueryParam("queue") @Pattern(regexp = QueueName.PATTERN, message = QueueName.EXPECTED) String queue,
            @QueryParam("state") @Pattern(regexp = STATES, message = "must be a state of jobs") String state,
            @QueryParam("type") @Pattern(regexp = NewJob.TYPE_PATTERN, message = NewJob.TYPE_EXPECTED) String type,
            @QueryParam("limit") @Min(1) @Max(PAGE_MAX) Integer limit,
            @QueryParam("cursor") String cursor) {
        int max = limit == null ? PAGE : limit;
        Asked asked = new Asked(
                Optional.ofNullable(queue).map(QueueName::new),
                Optional.ofNullable(state).map(JobState::of),
                Optional.ofNullable(type));
        if (asked.queue().isEmpty() || !visible.seesAll()) {
            return ownOnes(asked, max, cursor);
        }
        return asked.state().isPresent() ? ofState(asked, max, cursor) : ofAllStates(asked, max, cursor);
    }

    private record Asked(Optional<QueueName> queue, Optional<JobState> state, Optional<String> type) {

        boolean wants(Job job) {
            return queue.filter(name -> !name.equals(job.id().queue())).isEmpty()
                    && state.filter(one -> one != job.state()).isEmpty()
                    && type.filter(word -> !word.equals(job.type())).isEmpty();
        }

        JobFilter filter() {
            return new JobFilter(type, Optional.empty(), Optional.empty());
        }

        String query() {
            return queue.map(name -> "&queue=" + name).orElse("")
                    + state.map(one -> "&state=" + one.word()).orElse("")
                    + type.map(word -> "&type=" + word).orElse("");
        }
    }

    private Response ofState(Asked asked, int max, String cursor) {
        JobState state = asked.state().orElseThrow();
        JobCursor from = cursor == null
                ? JobCursor.start(state)
                : JobCursor.parse(cursor, state).orElseThrow(JobListResource::noCursor);
        JobListStore.Page page = list.list(asked.queue().orElseThrow(), from, max, asked.filter());
        return page(page.jobs(), page.next().map(JobCursor::encode), asked, max);
    }

    /** Place after place until the page is full; each is looked at once at most, so that a filter nothing passes does not walk the whole queue. */
    private Response ofAllStates(Asked asked, int max, String cursor) {
        Optional<JobCursor> at = Optional.of(
                cursor == null
                        ? JobCursor.start(JobState.WAITING)
                        : JobCursor.parse(cursor).orElseThrow(JobListResource::noCursor));
        List<Job> jobs = new ArrayList<>();
        for (int looks = 0; looks < JobPlace.values().length && at.isPresent() && jobs.size() < max; looks++) {
            JobPlace place = at.get().place();
            JobListStore.Page page =
                    list.list(asked.queue().orElseThrow(), at.get(), max - jobs.size(), asked.filter());
            jobs.addAll(page.jobs());
            at = page.next().or(() -> place.following().map(JobCursor::start));
        }
        return page(jobs, at.map(JobCursor::encode), asked, max);
    }

    private Response ownOnes(Asked asked, int max, String cursor) {
        Optional<JobId> after =
                Optional.ofNullable(cursor).map(text -> JobId.parse(text).orElseThrow(JobListResource::noCursor));
        List<JobId> ids = owned.list(caller.sub(), after, max);
        List<Job> jobs = list.find(ids).stream()
                .filter(job -> job.belongsTo(caller.sub()) && asked.wants(job))
                .toList();
        Optional<String> next =
                ids.size() < max ? Optional.empty() : Optional.of(ids.getLast().toString());
        return page(jobs, next, asked, max);
    }

    private static Response page(List<Job> jobs, Optional<String> next, Asked asked, int max) {
        Response.ResponseBuilder response = Response.ok(
                new JobListBody.Page(jobs.stream().map(JobListBody.One::of).toList(), next.orElse(null)));
        next.ifPresent(cursor -> response.header(
                "Link", "</jobs?limit=" + max + asked.query() + "&cursor=" + cursor + ">; rel=\"next\""));
        return response.build();
    }

    private static ServiceException noCursor() {
        return ServiceException.invalid("cursor", "must be the cursor of an earlier answer");
    }
}
