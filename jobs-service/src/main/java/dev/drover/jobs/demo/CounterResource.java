package dev.drover.jobs.demo;

import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.problem.Problems;

/** What the caller's demonstration jobs have done. */
@Path("/jobs/demo/counters/{name}")
@Tag(name = "jobs")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CounterResource {

    private final CounterStore counters;
    private final CurrentCaller caller;

    CounterResource(CounterStore counters, CurrentCaller caller) {
        this.counters = counters;
        this.caller = caller;
    }

    @RegisterForReflection
    @Schema(name = "DemoCounter")
    record Body(
            String name,

            @Schema(description = "Steps of `demo.count` jobs, each counted once")
            long effects,

            @Schema(description = "Said again by a run that did not know of it; not counted")
            long repeated,

            @Schema(description = "Said by a worker that had lost the job; not counted")
            long refused,

            @Schema(description = "Jobs that had an effect") long jobs) {}

    @GET
    @Operation(
            operationId = "showDemoCounter",
            summary = "Show what demonstration jobs have done",
            description = "Of the caller's own jobs of type `demo.count`. All zero for a name nothing was counted by.")
    @APIResponse(
            responseCode = "200",
            description = "The counter",
            content = @Content(schema = @Schema(implementation = Body.class)))
    @Problems("validation_failed")
    public Body show(
            @PathParam("name") @Pattern(regexp = Counter.NAME_PATTERN, message = Counter.NAME_EXPECTED) String name) {
        CounterStore.Tally tally = counters.tally(new Counter(caller.sub(), name));
        return new Body(name, tally.effects(), tally.repeated(), tally.refused(), tally.jobs());
    }
}
