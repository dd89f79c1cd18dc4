package dev.drover.jobs.lease;

import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.problem.JudgedBody;
import dev.drover.platform.problem.Violation;

/** Bodies of what a worker sends. */
final class LeaseRequest {

    static final int TEXT_MAX = 2_000;
    static final int RESULT_BYTES_MAX = 64 * 1024;
    static final int CHECKPOINT_BYTES_MAX = 16 * 1024;

    /** Fewer than a worker in this process may take: each may have 64 KiB of payload. */
    static final int JOBS_MAX = 100;

    private LeaseRequest() {}

    /** {@code POST /queues/{q}/lease}. */
    @RegisterForReflection
    @Schema(name = "LeaseRequest")
    record Take(
            @Min(1) @Max(JOBS_MAX) @Schema(defaultValue = "1")
            Integer max,

            @Min(0) @Max(20_000) @Schema(defaultValue = "0") Integer waitMs,

            @Min(1_000) @Max(3_600_000) @Schema(defaultValue = "30000")
            Integer leaseMs,

            @NotBlank @Size(max = 128) @Schema(examples = "reporter-1")
            String worker) {

        int jobsMax() {
            return max == null ? 1 : max;
        }

        int waitMillis() {
            return waitMs == null ? 0 : waitMs;
        }

        int leaseMillis() {
            return leaseMs == null ? 30_000 : leaseMs;
        }
    }

    @RegisterForReflection
    @Schema(name = "LeaseExtension")
    record Heartbeat(
            @NotNull @Min(1) Long fencingToken,

            @Min(1_000) @Max(3_600_000) @Schema(defaultValue = "30000")
            Integer leaseMs) {

        int leaseMillis() {
            return leaseMs == null ? 30_000 : leaseMs;
        }
    }

    @RegisterForReflection
    @Schema(name = "JobProgress")
    record Progress(
            @NotNull @Min(1) Long fencingToken,
            @Min(0) @Max(100) Integer percent,

            @Schema(ref = "AnyJson", description = "At most 16 KiB")
            JsonNode checkpoint)
            implements JudgedBody {

        @Override
        public List<Violation> violations() {
            return tooLong(checkpoint, CHECKPOINT_BYTES_MAX, "/checkpoint");
        }
    }

    @RegisterForReflection
    @Schema(name = "JobCompletion")
    record Complete(
            @NotNull @Min(1) Long fencingToken,

            @Schema(ref = "AnyJson", description = "At most 64 KiB")
            JsonNode result)
            implements JudgedBody {

        @Override
        public List<Violation> violations() {
            return tooLong(result, RESULT_BYTES_MAX, "/result");
        }
    }

    private static List<Violation> tooLong(JsonNode value, int bytesMax, String pointer) {
        return value == null || value.toString().getBytes(StandardCharsets.UTF_8).length <= bytesMax
                ? List.of()
                : List.of(new Violation(pointer, "must be at most " + bytesMax + " bytes of JSON"));
    }

    /** {@code then}: what is to become of it, {@code retry} if it is left out. */
    @RegisterForReflection
    @Schema(name = "JobFailure")
    record Fail(
            @NotNull @Min(1) Long fencingToken,
            @NotBlank @Size(max = TEXT_MAX) String reason,

            @Pattern(regexp = "retry|failed|dead", message = "must be retry, failed or dead")
            @Schema(
                    enumeration = {"retry", "failed", "dead"},
                    defaultValue = "retry")
            String then) {

        Verdict verdict() {
            return then == null ? Verdict.RETRY : Verdict.valueOf(then.toUpperCase(java.util.Locale.ROOT));
        }
    }
}
