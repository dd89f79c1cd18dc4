package dev.drover.jobs.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import jakarta.annotation.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.jobs.JobId;

/** Schedules on the wire. */
final class ScheduleBody {

    private ScheduleBody() {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ScheduleList")
    record All(
            List<One> schedules,

            @Schema(description = "For the next page; none on the last") @Nullable
            String nextCursor) {}

    /** {@code nextTickAt} is null when it is paused or no more come; jitter comes on top. */
    @RegisterForReflection
    @Schema(name = "Schedule")
    record One(
            @Schema(examples = "nightly-report") String name,
            String cron,
            String timeZone,
            String queue,
            String type,
            @Schema(type = SchemaType.OBJECT) @JsonRawValue String payload,

            @Schema(enumeration = {"skip", "once", "all"}) String misfire,

            @Schema(format = "duration", examples = "PT5M") String jitter,

            String owner,
            boolean paused,
            @Nullable Instant nextTickAt,
            Instant createdAt,
            Instant updatedAt) {

        static One of(Schedule schedule) {
            Definition definition = schedule.definition();
            return new One(
                    schedule.name().value(),
                    definition.cron(),
                    definition.timeZone(),
                    definition.queue().value(),
                    definition.type(),
                    definition.payload(),
                    definition.misfire().word(),
                    definition.jitter().toString(),
                    definition.owner(),
                    schedule.paused(),
                    schedule.nextTick().orElse(null),
                    schedule.createdAt(),
                    schedule.updatedAt());
        }
    }

    @RegisterForReflection
    @Schema(name = "ScheduleHistory")
    record Past(List<Entry> firings) {}

    /** {@code skipped}: this tick, and those up to the next entry, came too late; there is no job. */
    @RegisterForReflection
    @Schema(name = "ScheduleFiring")
    record Entry(
            Instant tickAt,
            Instant firedAt,

            @Schema(enumeration = {"tick", "late", "skipped", "run"})
            String cause,

            @Nullable String jobId) {

        static Entry of(Firing firing) {
            return new Entry(
                    firing.tick(),
                    firing.at(),
                    firing.cause().name().toLowerCase(Locale.ROOT),
                    firing.job().map(JobId::toString).orElse(null));
        }
    }
}
