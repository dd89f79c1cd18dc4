package dev.drover.jobs.log;

import java.time.Instant;
import java.util.List;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Logs of jobs on the wire. */
final class LogBody {

    static final int LINES_MAX = 100;
    static final int LINE_CHARS_MAX = 1_000;

    private LogBody() {}

    @RegisterForReflection
    @Schema(name = "JobLog")
    record All(List<Line> lines) {}

    @RegisterForReflection
    @Schema(name = "JobLogLine")
    record Line(Instant at, String text) {}

    @RegisterForReflection
    @Schema(name = "JobLogLines")
    record Written(
            @NotNull @Min(1) Long fencingToken,
            @NotNull @NotEmpty @Size(max = LINES_MAX) List<@NotNull @Size(max = LINE_CHARS_MAX) String> lines) {}
}
