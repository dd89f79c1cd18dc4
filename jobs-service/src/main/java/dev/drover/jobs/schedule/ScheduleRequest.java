package dev.drover.jobs.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.problem.ServiceException;

/** The body of {@code PUT /schedules/{name}}. */
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
        Duration jitter) {

    Definition toDefinition(String owner) {
        String json = payload == null ? "{}" : payload.toString();
        if (json.getBytes(StandardCharsets.UTF_8).length > Definition.PAYLOAD_BYTES_MAX) {
            throw ServiceException.invalid(
                    "/payload", "must be at most " + Definition.PAYLOAD_BYTES_MAX + " bytes of JSON");
        }
        Duration spread = jitter == null ? Duration.ZERO : jitter;
        if (spread.isNegative() || spread.compareTo(Definition.JITTER_MAX) > 0) {
            throw ServiceException.invalid("/jitter", "must be PT0S to " + Definition.JITTER_MAX);
        }
        return new Definition(
                cron,
                timeZone == null ? "UTC" : timeZone,
                new QueueName(queue),
                type,
                json,
                misfire == null ? Misfire.ONCE : Misfire.of(misfire),
                spread,
                owner);
    }
}
