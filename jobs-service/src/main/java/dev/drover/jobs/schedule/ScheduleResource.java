package dev.drover.jobs.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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

import dev.drover.jobs.JobsError;
import dev.drover.jobs.schedule.ScheduleStore.Expected;
import dev.drover.jobs.schedule.ScheduleStore.PutResult;
import dev.drover.platform.http.EntityVersion;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** What is to run again and again. A schedule can put any job on any queue, so it takes an admin. */
@Path("/schedules")
@Tag(name = "schedules")
@RolesAllowed(Roles.ADMIN)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ScheduleResource {

    static final String NAME = "{name}";

    private static final int PAGE = 50;
    private static final int PAGE_MAX = 100;

    private final ScheduleStore store;
    private final CurrentCaller caller;
    private final Clock clock;

    ScheduleResource(ScheduleStore store, CurrentCaller caller, Clock clock) {
        this.store = store;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listSchedules", summary = "List all schedules, by name")
    @APIResponse(
            responseCode = "200",
            description = "A page of them",
            content = @Content(schema = @Schema(implementation = ScheduleBody.All.class)),
            headers = @Header(name = "Link", ref = "Link"))
    public Response list(
            @QueryParam("limit") @Min(1) @Max(PAGE_MAX) Integer limit,
            @QueryParam("cursor") @Pattern(regexp = ScheduleName.PATTERN, message = ScheduleName.EXPECTED)
                    String cursor) {
        int max = limit == null ? PAGE : limit;
        List<Schedule> page = store.list(Optional.ofNullable(cursor).map(ScheduleName::new), max);
        String next = page.size() < max ? null : page.getLast().name().value();
        Response.ResponseBuilder response = Response.ok(
                new ScheduleBody.All(page.stream().map(ScheduleBody.One::of).toList(), next));
        if (next != null) {
            response.header("Link", "</schedules?limit=" + max + "&cursor=" + next + ">; rel=\"next\"");
        }
        return response.build();
    }

    @GET
    @Path(NAME)
    @Operation(operationId = "showSchedule", summary = "Show a schedule")
    @APIResponse(
            responseCode = "200",
            description = "The schedule",
            content = @Content(schema = @Schema(implementation = ScheduleBody.One.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    @Problems("schedule_not_found")
    public Response read(
            @PathParam("name") @Pattern(regexp = ScheduleName.PATTERN, message = ScheduleName.EXPECTED) String name) {
        return answer(Response.ok(), found(store, name));
    }

    @PUT
    @Path(NAME)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putSchedule",
            summary = "Define a schedule",
            description =
                    "To change one that is there, send its `ETag` as `If-Match`; for a new one leave it out or send `*`. "
                            + "Ticks count from now on; one that is paused stays so.")
    @APIResponse(
            responseCode = "200",
            description = "The schedule, changed",
            content = @Content(schema = @Schema(implementation = ScheduleBody.One.class)),
            headers = @Header(name = "ETag", ref = "ETag"))
    @APIResponse(
            responseCode = "201",
            description = "The schedule, new",
            content = @Content(schema = @Schema(implementation = ScheduleBody.One.class)),
            headers = {@Header(name = "ETag", ref = "ETag"), @Header(name = "Location", ref = "Location")})
    @Problems({"schedule_not_found", "too_many_schedules"})
    public Response put(
            @PathParam("name") @Pattern(regexp = ScheduleName.PATTERN, message = ScheduleName.EXPECTED) String name,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @Valid @NotNull ScheduleRequest request) {
        ScheduleName schedule = new ScheduleName(name);
        Definition definition = request.toDefinition(caller.sub());
        Instant now = clock.instant();
        Optional<Definition.Tick> next = checked(definition, now).next(now).map(at -> definition.tick(schedule, at));
        return switch (store.put(schedule, definition, expected(ifMatch), next, now)) {
            case PutResult.Put done ->
                answer(
                        done.created()
                                ? Response.status(201).header(HttpHeaders.LOCATION, "/schedules/" + name)
                                : Response.ok(),
                        found(store, name));
            case PutResult.Differs differs -> throw changed(ifMatch);
            case PutResult.Unknown unknown -> throw notFound();
            case PutResult.Full full ->
                throw new ServiceException(
                        JobsError.TOO_MANY_SCHEDULES, "Delete one that is not needed.", Duration.ofMinutes(1));
        };
    }

    /** That there is a tick, and that the jitter leaves ticks their order, each refused at its own place. */
    private static CronTimes checked(Definition definition, Instant now) {
        CronTimes times = definition.times();
        Optional<Instant> first = times.next(now);
        if (first.isEmpty()) {
            throw ServiceException.invalid("/cron", "must come true some time");
        }
        boolean crosses = times.next(first.get())
                .filter(second -> Duration.between(first.get(), second).compareTo(definition.jitter()) <= 0)
                .isPresent();
        if (crosses) {
            throw ServiceException.invalid("/jitter", "must be less than ticks are apart");
        }
        return times;
    }

    @DELETE
    @Path(NAME)
    @Operation(
            operationId = "deleteSchedule",
            summary = "Delete a schedule",
            description = "Jobs it has put on a queue stay.")
    @APIResponse(responseCode = "204", description = "It is gone")
    @Problems("schedule_not_found")
    public void delete(
            @PathParam("name") @Pattern(regexp = ScheduleName.PATTERN, message = ScheduleName.EXPECTED) String name,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        Expected expected = EntityVersion.required(ifMatch)
                .<Expected>map(version -> new Expected.Version(version.number()))
                .orElseGet(Expected.Anything::new);
        switch (store.delete(new ScheduleName(name), expected)) {
            case DELETED -> {}
            case DIFFERS -> throw changed(ifMatch);
            case UNKNOWN -> throw notFound();
        }
    }

    @GET
    @Path(NAME + "/history")
    @Operation(operationId = "listScheduleFirings", summary = "List what a schedule has fired, newest first")
    @APIResponse(
            responseCode = "200",
            description = "The latest",
            content = @Content(schema = @Schema(implementation = ScheduleBody.Past.class)))
    @Problems("schedule_not_found")
    public ScheduleBody.Past history(
            @PathParam("name") @Pattern(regexp = ScheduleName.PATTERN, message = ScheduleName.EXPECTED) String name,
            @QueryParam("limit") @Min(1) @Max(PAGE_MAX) Integer limit) {
        ScheduleName schedule = found(store, name).name();
        return new ScheduleBody.Past(store.history(schedule, limit == null ? PAGE : limit).stream()
                .map(ScheduleBody.Entry::of)
                .toList());
    }

    private static Expected expected(String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            return new Expected.Nothing();
        }
        return EntityVersion.parse(ifMatch)
                .<Expected>map(version -> new Expected.Version(version.number()))
                .orElseGet(Expected.Anything::new);
    }

    private static ServiceException changed(String ifMatch) {
        return ifMatch == null || ifMatch.isBlank()
                ? new ServiceException(
                        PlatformError.PRECONDITION_REQUIRED,
                        "There is a schedule of this name. Send the ETag you read as If-Match, or * to overwrite it.")
                : new ServiceException(PlatformError.PRECONDITION_FAILED, "Read it again.");
    }

    static Schedule found(ScheduleStore store, String name) {
        return store.find(new ScheduleName(name)).orElseThrow(ScheduleResource::notFound);
    }

    static ServiceException notFound() {
        return new ServiceException(JobsError.SCHEDULE_NOT_FOUND, "It never was, or it was deleted.");
    }

    static Response answer(Response.ResponseBuilder response, Schedule schedule) {
        return response.entity(ScheduleBody.One.of(schedule))
                .tag(new EntityVersion(schedule.version()).toTag())
                .build();
    }
}
