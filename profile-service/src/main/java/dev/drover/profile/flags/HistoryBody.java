package dev.drover.profile.flags;

import java.util.List;

import jakarta.annotation.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Changes of a flag, newest first. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "FlagHistory")
record HistoryBody(
        List<ChangeBody> items,

        @Schema(description = "For the next page; none on the last") @Nullable
        String nextCursor) {}
