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

    /** {@code status}: what {@code POST /jobs} would have answered; with 2xx the job's id, otherwise code and detail. */
    @RegisterForReflection
    @Schema(name = "BulkResult")
    record One(
            int status,
            @JsonInclude(JsonInclude.Include.NON_NULL) String id,
            @JsonInclude(JsonInclude.Include.NON_NULL) String code,
            @JsonInclude(JsonInclude.Include.NON_NULL) String detail,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long depth,
            @JsonInclude(JsonInclude.Include.NON_NULL) Integer depthMax) {

        static One added(int status, JobId id) {
            return new One(status, id.toString(), null, null, null, null);
        }

        static One refused(ServiceException refusal) {
            String detail = refusal.violations().isEmpty()
                    ? refusal.getMessage()
                    : refusal.violations().stream()
                            .map(violation -> violation.pointer() + " " + violation.message())
                            .reduce((one, other) -> one + "; " + other)
                            .orElseThrow();
            return new One(
                    refusal.error().kind().status(),
                    null,
                    refusal.error().code(),
                    detail,
                    (Long) refusal.members().get("depth"),
                    (Integer) refusal.members().get("depthMax"));
        }
    }
}
