package dev.drover.jobs.events;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

import dev.drover.jobs.job.Job;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.job.VisibleJobs;
import dev.drover.platform.drain.Drain;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.stateless.ProcessLocal;

/**
 * A job's progress as server-sent events, by any instance: it looks at the job again and again and tells what has changed. Each event says
 * all there is to know, so a client that comes back, here or elsewhere, gets what is true then, and nothing when it knows that already.
 */
@Path("/jobs/{id}/events")
@Tag(name = "jobs")
@Authenticated
@RunOnVirtualThread
public class EventResource {

    private final VisibleJobs visible;
    private final JobStore jobs;
    private final Drain drain;
    private final EventConfig config;

    @ProcessLocal(because = "how many streams this process has open, a bound on its own memory")
    private final AtomicInteger streams = new AtomicInteger();

    EventResource(VisibleJobs visible, JobStore jobs, Drain drain, EventConfig config) {
        this.visible = visible;
        this.jobs = jobs;
        this.drain = drain;
        this.config = config;
    }

    @GET
    // What returns a stream would not block otherwise.
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "followJob",
            summary = "Follow a job",
            description =
                    "Server-sent events named `job`, whenever state, attempt or progress changed, until it has ended. For its owner; with "
                            + "the role `worker` or `admin`, any job. The stream ends after five minutes or when the instance stops; "
                            + "clients connect again by themselves.")
    @APIResponse(
            responseCode = "200",
            description = "The events; the data of each is a `JobEvent`",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = EventBody.class)))
    @Problems("job_not_found")
    public Multi<OutboundSseEvent> follow(
            @PathParam("id") String text, @HeaderParam("Last-Event-ID") String lastSeen, @Context Sse sse) {
        Job job = visible.get(text);
        if (streams.incrementAndGet() > config.streamsMax()) {
            streams.decrementAndGet();
            throw new ServiceException(
                    PlatformError.OVERLOADED, "Too many jobs are followed here.", Duration.ofSeconds(5));
        }
        return views(job)
                .skip()
                .repetitions()
                .select()
                .where(view -> !view.id().equals(lastSeen))
                .map(view -> event(sse, job.id(), view))
                .onTermination()
                .invoke(streams::decrementAndGet);
    }

    private Multi<JobView> views(Job job) {
        long endNanos = System.nanoTime() + config.lengthMax().toNanos();
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom()
                        .item(() -> jobs.find(job.id()).map(JobView::of))
                        .runSubscriptionOn(Infrastructure.getDefaultExecutor()))
                .withDelay(config.every())
                .whilst(view -> view.filter(JobView::isOver).isEmpty()
                        && view.isPresent()
                        && !drain.isDraining()
                        && System.nanoTime() - endNanos < 0)
                .select()
                .where(java.util.Optional::isPresent)
                .map(java.util.Optional::get);
    }

    private static OutboundSseEvent event(Sse sse, JobId id, JobView view) {
        return sse.newEventBuilder()
                .name("job")
                .id(view.id())
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(new EventBody(id.toString(), view.state(), view.attempt(), view.progress()))
                .build();
    }
}
