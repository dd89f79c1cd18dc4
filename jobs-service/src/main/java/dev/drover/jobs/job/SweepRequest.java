package dev.drover.jobs.job;

import java.util.List;
import java.util.Optional;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;

/** Bodies of what is done to many jobs of a queue. */
final class SweepRequest {

    static final int JOBS_MAX = 1_000;

    private SweepRequest() {}

    /** Which jobs; without a member any. */
    @RegisterForReflection
    @Schema(name = "JobSelection")
    record Selection(
            @Size(max = 64) @Pattern(regexp = NewJob.TYPE_PATTERN, message = NewJob.TYPE_EXPECTED)
            String type,

            @Pattern(regexp = "[a-z_]{1,64}", message = "must be a reason, such as attempts_spent")
            @Schema(description = "Of their error")
            String reason,

            @Size(max = 64) String owner,

            @Min(1) @Max(JOBS_MAX) @Schema(description = "How many to look at", defaultValue = "1000")
            Integer max,

            @Size(max = 400) @Schema(description = "Where the answer before said to go on")
            String cursor) {

        JobFilter filter() {
            return new JobFilter(Optional.ofNullable(type), Optional.ofNullable(reason), Optional.ofNullable(owner));
        }

        int lookAt() {
            return max == null ? JOBS_MAX : max;
        }
    }

    /** Which jobs, and where they go. */
    @RegisterForReflection
    @Schema(name = "JobMove")
    record Move(
            @NotNull
            @Pattern(regexp = QueueName.PATTERN, message = QueueName.EXPECTED)
            @Schema(examples = "reports-slow")
            String to,

            @Size(max = 64) @Pattern(regexp = NewJob.TYPE_PATTERN, message = NewJob.TYPE_EXPECTED)
            String type,

            @Size(max = 64) String owner,

            @Min(1) @Max(JOBS_MAX) @Schema(description = "How many to look at", defaultValue = "1000")
            Integer max,

            @Size(max = 400) @Schema(description = "Where the answer before said to go on")
            String cursor) {

        Selection selection() {
            return new Selection(type, null, owner, max, cursor);
        }
    }

    @RegisterForReflection
    @Schema(name = "JobIds")
    record Named(@NotNull @NotEmpty @Size(max = JOBS_MAX) List<@NotNull @Size(max = 80) String> ids) {}
}
