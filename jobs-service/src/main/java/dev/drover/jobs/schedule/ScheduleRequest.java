package dev.drover.jobs.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.problem.JudgedBody;
import dev.drover.platform.problem.Violation;

/** The body of {@code PUT /schedules/{name}}. */
@RegisterForReflection
@Schema(name = "ScheduleDefinition")
record ScheduleRequest(
        @NotNull
        @Size(max = 120)
        @Schema(
                description = "Five fields (minute hour day month weekday), or six with seconds first",
                examples = "30 2 * * 1-5")
        String cron,

        @Size(max = 64) @Schema(description = "Of the IANA database", defaultValue = "UTC", examples = "Europe/Berlin")
        String timeZone,

        @NotNull @Pattern(regexp = QueueName.PATTERN, message = QueueName.EXPECTED) @Schema(examples = "reports")
        String queue,

        @NotNull
        @Size(max = 64)
        @Pattern(regexp = NewJob.TYPE_PATTERN, message = NewJob.TYPE_EXPECTED)
        @Schema(examples = "report.build")
        String type,

        @Schema(type = SchemaType.OBJECT, description = "At most 8 KiB", defaultValue = "{}")
        ObjectNode payload,

        @Pattern(regexp = "skip|once|all", message = "must be skip, once or all")
        @Schema(
                description = "What becomes of ticks that come more than a minute late",
                enumeration = {"skip", "once", "all"},
                defaultValue = "once")
        String misfire,

        @Schema(
                description = "Each tick is put off by up to this; at most an hour, and less than ticks are apart",
                defaultValue = "PT0S")
        Duration jitter)
        implements JudgedBody {

    /** Whether the expression comes true, and leaves ticks as far apart as the jitter asks, is a question of the clock. */
    @Override
    public List<Violation> violations() {
        List<Violation> faults = new ArrayList<>();
        if (cron != null) {
            judge(faults, "/cron", () -> CronTimes.parse(cron, ZoneOffset.UTC));
        }
        if (timeZone != null) {
            judge(faults, "/timeZone", () -> Definition.zone(timeZone));
        }
        if (json().getBytes(StandardCharsets.UTF_8).length > Definition.PAYLOAD_BYTES_MAX) {
            faults.add(new Violation("/payload", "must be at most " + Definition.PAYLOAD_BYTES_MAX + " bytes of JSON"));
        }
        if (spread().isNegative() || spread().compareTo(Definition.JITTER_MAX) > 0) {
            faults.add(new Violation("/jitter", "must be PT0S to " + Definition.JITTER_MAX));
        }
        return faults;
    }

    private static void judge(List<Violation> faults, String pointer, Supplier<?> part) {
        try {
            part.get();
        } catch (IllegalArgumentException e) {
            faults.add(new Violation(pointer, e.getMessage()));
        }
    }

    private String json() {
        return payload == null ? "{}" : payload.toString();
    }

    private Duration spread() {
        return jitter == null ? Duration.ZERO : jitter;
    }

    Definition toDefinition(String owner) {
        return new Definition(
                cron,
                timeZone == null ? "UTC" : timeZone,
                new QueueName(queue),
                type,
                json(),
                misfire == null ? Misfire.ONCE : Misfire.of(misfire),
                spread(),
                owner);
    }
}
