package dev.drover.jobs.enqueue;

import java.util.List;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.problem.SoundBody;

/** The body of {@code POST /jobs/bulk}. */
@RegisterForReflection
@Schema(name = "BulkRequest")
record BulkRequest(
        @NotNull
        @Size(min = 1, max = JobQueue.BATCH_MAX)
        @Schema(
                type = SchemaType.ARRAY,
                implementation = EnqueueRequest.class,
                description = "Each is judged by itself, as the body of POST /jobs is.")
        List<SentJob> jobs) {

    /** What is around the jobs, to say what is wrong with that. */
    @RegisterForReflection
    record Frame(
            @NotNull @Size(min = 1, max = JobQueue.BATCH_MAX)
            List<JsonNode> jobs) implements SoundBody {

        @Override
        public boolean annotationsHold() {
            return jobs != null && !jobs.isEmpty() && jobs.size() <= JobQueue.BATCH_MAX;
        }
    }
}
