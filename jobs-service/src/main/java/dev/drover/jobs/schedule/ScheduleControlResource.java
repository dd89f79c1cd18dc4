package dev.drover.jobs.schedule;

import java.util.Optional;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.jobs.schedule.ScheduleStore.PauseResult;
import dev.drover.platform.idempotency.IdempotencyKey;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** What an admin does to a schedule beside defining it. */
@Path("/schedules/" + ScheduleResource.NAME)
@Tag(name = "schedules")
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ScheduleControlResource {

    private static final String RUN_ROUTE = "POST /schedules/{name}/run";

    private final Schedules schedules;
    private final ScheduleStore store;
    private final CurrentCaller caller;
    private final Ids ids;

    ScheduleControlResource(Schedules schedules, ScheduleStore store, CurrentCaller caller, Ids ids) {
        this.schedules = schedules;
        this.store = store;
        this.caller = caller;
        this.ids = ids;
    }

    @POST
    @Path("/run")
    @Operation(
            operationId = "runSchedule",
            summary = "Fire a schedule now",
            description = "Beside its ticks, also while it is paused.")
    @APIResponse(
            responseCode = "202",
            description = "What was fired; the job is on its queue within about a second",
            content = @Content(schema = @Schema(implementation = ScheduleBody.Entry.class)),
            headers = @Header(name = "Location", ref = "Location"))
    @Problems({"schedule_not_found", "conflict"})
    public Response run(
            @PathParam("name") @Pattern(regexp = ScheduleName.PATTERN, message = ScheduleName.EXPECTED) String name,
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey) {
        Schedule schedule = ScheduleResource.found(store, name);
        String unique = ids.create(caller.get().sub(), RUN_ROUTE, IdempotencyKey.fromHeader(idempotencyKey));
        Firing firing = schedules.runNow(schedule, unique).orElseThrow(ScheduleControlResource::changed);
        ScheduleBody.Entry fired = ScheduleBody.Entry.of(firing);
        return Response.accepted(fired)
                .header(HttpHeaders.LOCATION, "/jobs/" + fired.jobId())
                .build();
    }

    @POST
    @Path("/pause")
    @Operation(operationId = "pauseSchedule", summary = "Pause a schedule")
    @APIResponse(
            responseCode = "200",
            description = "The schedule, paused now or before",
            content = @Content(schema = @Schema(implementation = ScheduleBody.One.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    @Problems({"schedule_not_found", "conflict"})
    public Response pause(
            @PathParam("name") @Pattern(regexp = ScheduleName.PATTERN, message = ScheduleName.EXPECTED) String name) {
        return set(name, true);
    }

    @POST
    @Path("/resume")
    @Operation(
            operationId = "resumeSchedule",
            summary = "Let a paused schedule go on",
            description = "From now: what would have ticked in between is not made up for.")
    @APIResponse(
            responseCode = "200",
            description = "The schedule, going on",
            content = @Content(schema = @Schema(implementation = ScheduleBody.One.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    @Problems({"schedule_not_found", "conflict"})
    public Response resume(
            @PathParam("name") @Pattern(regexp = ScheduleName.PATTERN, message = ScheduleName.EXPECTED) String name) {
        return set(name, false);
    }

    private Response set(String name, boolean paused) {
        Schedule schedule = ScheduleResource.found(store, name);
        Optional<Definition.Tick> next =
                paused ? Optional.empty() : schedules.next(schedule.name(), schedule.definition());
        PauseResult result = store.pause(schedule, paused, next);
        return switch (result) {
            case DONE -> ScheduleResource.answer(Response.ok(), ScheduleResource.found(store, name));
            case DIFFERS -> throw changed();
            case UNKNOWN -> throw ScheduleResource.notFound();
        };
    }

    private static ServiceException changed() {
        return new ServiceException(PlatformError.CONFLICT, "The schedule was changed at the same moment; try again.");
    }
}
