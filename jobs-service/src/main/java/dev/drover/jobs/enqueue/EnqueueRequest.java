package dev.drover.jobs.enqueue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.jobs.Backoff;
import dev.drover.platform.jobs.Dependencies;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.jobs.UniqueKey;
import dev.drover.platform.problem.JudgedBody;
import dev.drover.platform.problem.SentObject;
import dev.drover.platform.problem.SoundBody;
import dev.drover.platform.problem.Violation;

/** The body of {@code POST /jobs}. {@code delay} and {@code runAt} exclude each other; without either the job waits at once. */
@RegisterForReflection
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
                implementation = Object.class,
                type = SchemaType.OBJECT,
                description = "At most 64 KiB",
                defaultValue = "{}",
                examples = "{\"month\": \"2026-01\"}")
        SentObject payload,

        @Schema(description = "Excludes runAt", examples = "PT10S")
        Duration delay,

        @Schema(description = "Excludes delay; a time that has passed means now")
        Instant runAt,

        @Min(0) @Max(NewJob.PRIORITY_LAST) @Schema(description = "0 is first", defaultValue = "5")
        Integer priority,

        @Min(1) @Max(NewJob.MAX_ATTEMPTS_LIMIT) @Schema(defaultValue = "5")
        Integer maxAttempts,

        @Valid Rests backoff,

        @Schema(
                description = "A run that takes longer is ended, and counts as a failure; 1 second to 7 days",
                examples = "PT5M")
        Duration timeLimit,

        @Pattern(regexp = JobOptions.GROUP_PATTERN, message = "must be 1 to 64 of A-Z a-z 0-9 . _ : @ -")
        @Schema(description = "Groups of a queue take turns, and each has limits of its own", examples = "tenant-7")
        String group,

        @Valid Unique unique,

        @Size(max = Dependencies.MAX) @Schema(description = "Ids of the jobs it waits for, of any queues")
        List<@NotNull String> dependsOn,

        @Pattern(regexp = EnqueueRequest.ON_FAILURE, message = "must be cancel, dead or run")
        @Schema(
                enumeration = {"cancel", "dead", "run"},
                defaultValue = "cancel",
                description = "What becomes of it when one of those ends in another way than succeeded")
        String onDependencyFailure,

        @Schema(description = "Whether its end is kept from the owner's channel", defaultValue = "false")
        Boolean quiet)
        implements JudgedBody, SoundBody, SentJob {

    static final String ON_FAILURE = "cancel|dead|run";

    @Override
    public List<Violation> violations() {
        return RequestedJob.faults(this);
    }

    @Override
    public boolean annotationsHold() {
        return Soundness.of(this);
    }

    /** How long a job rests after each failure. */
    @Schema(name = "Backoff")
    record Rests(
            @NotNull
            @Pattern(regexp = Rests.KINDS, message = "must be fixed, exponential or list")
            @Schema(enumeration = {"fixed", "exponential", "list"})
            String kind,

            @Schema(description = "fixed: each rest; exponential: the first, doubled each time", examples = "PT1S")
            Duration delay,

            @Schema(description = "exponential: the longest", defaultValue = "PT10M")
            Duration max,

            @Size(min = 1, max = Backoff.DELAYS_MAX)
            @Schema(description = "list: one after the other, then the last again and again")
            List<@NotNull Duration> delays,

            @DecimalMin("0")
            @DecimalMax("1")
            @Schema(description = "The part of a rest that is random", defaultValue = "0.5")
            Double jitter) {

        static final String KINDS = "fixed|exponential|list";
    }

    /** Of several jobs of an account on a queue with the same key, one is enough. */
    @Schema(name = "UniqueKey")
    record Unique(
            @NotNull
            @Pattern(
                    regexp = UniqueKey.KEY_PATTERN,
                    message = "must be 1 to 128 printable ASCII characters without spaces")
            String key,

            @Pattern(regexp = Unique.MODES, message = "must be throttle, debounce or replace")
            @Schema(
                    enumeration = {"throttle", "debounce", "replace"},
                    defaultValue = "throttle",
                    description =
                            "throttle: the first stands for the others; debounce: the last counts and the delay begins anew;"
                                    + " replace: the last counts at the place of the first")
            String mode,

            @JsonProperty("for")
            @Schema(name = "for", description = "throttle: how long from the first; until it has ended if left out")
            Duration length) {

        static final String MODES = "throttle|debounce|replace";
    }
}
