package dev.drover.profile.flags;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.flags.Flag;
import dev.drover.platform.flags.FlagSnapshot;

/** That flags have changed. */
@RegisterForReflection
@Schema(name = "FlagEvent")
record FlagEventBody(
        @Schema(enumeration = "refetchEvaluation") String type,

        @Schema(description = "For `flagConfigEtag` of the request that follows", examples = "7")
        String etag,

        @Schema(description = "Seconds since 1970, for `flagConfigLastModified`", examples = "1771622898")
        long lastModified) {

    static FlagEventBody of(FlagSnapshot snapshot) {
        long latest = snapshot.flags().values().stream()
                .map(Flag::updatedAt)
                .mapToLong(java.time.Instant::getEpochSecond)
                .max()
                .orElse(0);
        return new FlagEventBody("refetchEvaluation", Long.toString(snapshot.revision()), latest);
    }
}
