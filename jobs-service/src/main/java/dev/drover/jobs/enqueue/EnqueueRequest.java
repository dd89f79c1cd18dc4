package dev.drover.jobs.enqueue;

import java.time.Duration;
import java.time.Instant;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;

/** The body of {@code POST /jobs}. {@code delay} and {@code runAt} exclude each other; without either the job waits at once. */
@Schema(name = "JobRequest")
record EnqueueRequest(
        @NotNull @Pattern(regexp = QueueName.PATTERN, message = QueueName.EXPECTED) @Schema(examples = "reports")
        String queue,

        @NotNull
        @Size(max = 64)
        @Pattern(regexp = NewJob.TYPE_PATTERN, message = NewJob.TYPE_EXPECTED)
        @Schema(examples = "report.build")
        String type,

        @Schema(
                type = SchemaType.OBJECT,
                description = "At most 64 KiB",
                defaultValue = "{}",
                examples = "{\"month\": \"2026-01\"}")
        ObjectNode payload,

        @Schema(description = "Excludes runAt", examples = "PT10S")
        Duration delay,

        @Schema(description = "Excludes delay; a time that has passed means now")
        Instant runAt,

        @Min(0) @Max(NewJob.PRIORITY_LAST) @Schema(description = "0 is first", defaultValue = "5")
        Integer priority,

        @Min(1) @Max(NewJob.MAX_ATTEMPTS_LIMIT) @Schema(defaultValue = "5")
        Integer maxAttempts) {}
