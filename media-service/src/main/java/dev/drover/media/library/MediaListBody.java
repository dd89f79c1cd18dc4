package dev.drover.media.library;

import java.util.List;

import jakarta.annotation.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.media.MediaBody;

/** One page of an account's files, newest first. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "MediaPage")
record MediaListBody(
        List<MediaBody> items,

        @Schema(description = "For the next page; none on the last") @Nullable
        String nextCursor) {}
