package dev.drover.jobs.enqueue;

import java.time.Duration;
import java.time.Instant;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;

/** The body of {@code POST /jobs}. {@code delay} and {@code runAt} exclude each other; without either the job waits at once. */
record EnqueueRequest(
        @NotNull @Pattern(regexp = QueueName.PATTERN) String queue,

        @NotNull @Size(max = 64) @Pattern(regexp = NewJob.TYPE_PATTERN)
        String type,

        ObjectNode payload,
        Duration delay,
        Instant runAt,
        @Min(0) @Max(NewJob.PRIORITY_LAST) Integer priority,
        @Min(1) @Max(NewJob.MAX_ATTEMPTS_LIMIT) Integer maxAttempts) {}
