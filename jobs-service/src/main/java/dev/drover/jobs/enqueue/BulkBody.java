package dev.drover.jobs.enqueue;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.problem.ServiceException;

/** What became of each job of a bulk, in the order they were sent. */
final class BulkBody {

    private BulkBody() {}

    @RegisterForReflection
    @Schema(name = "BulkResults")
    record All(List<One> results) {}

    /** What {@code POST /jobs} would have answered: with 2xx the job's id, otherwise what its problem says. */
    @RegisterForReflection
    @Schema(name = "BulkResult")
    record One(
            int status,
            @JsonInclude(JsonInclude.Include.NON_NULL) String id,
            @JsonInclude(JsonInclude.Include.NON_NULL) String code,
            @JsonInclude(JsonInclude.Include.NON_NULL) String detail,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "What is wrong with the job; of very many the first 10")
            List<Fault> violations,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "With queue_full, how many jobs wait in the queue")
            Long depth,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "With queue_full, how many may")
            Integer depthMax) {

        /** There may be a thousand jobs, and an answer is not to be many times as large as what it is about. */
        private static final int VIOLATIONS_MAX = 10;

        static One added(int status, JobId id) {
            return new One(status, id.toString(), null, null, null, null, null);
        }

        static One refused(ServiceException refusal) {
            boolean isCut = refusal.violations().size() > VIOLATIONS_MAX;
            return new One(
                    refusal.error().kind().status(),
                    null,
                    refusal.error().code(),
                    isCut ? "See violations; there are more than these " + VIOLATIONS_MAX + "." : refusal.getMessage(),
                    refusal.violations().isEmpty() ? null : faults(refusal),
                    (Long) refusal.members().get("depth"),
                    (Integer) refusal.members().get("depthMax"));
        }

        private static List<Fault> faults(ServiceException refusal) {
            return refusal.violations().stream()
                    .limit(VIOLATIONS_MAX)
                    .map(violation -> new Fault(violation.pointer(), violation.message()))
                    .toList();
        }
    }

    @RegisterForReflection
    @Schema(name = "BulkViolation")
    record Fault(
            @Schema(description = "A JSON pointer into the job")
            String pointer,

            String message) {}
}
