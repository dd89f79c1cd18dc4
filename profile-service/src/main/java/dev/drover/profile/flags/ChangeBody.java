package dev.drover.profile.flags;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One change of a flag. */
@RegisterForReflection
@Schema(name = "FlagChange")
record ChangeBody(
        @Schema(description = "The flag's version after it", examples = "7")
        long version,

        Instant at,

        @Schema(
                examples = "changed",
                enumeration = {"created", "changed", "deleted"})
        String action,

        @Schema(description = "The admin's account", examples = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn")
        String who,

        @Schema(examples = "Ten percent see it from today on.")
        String why,

        @Schema(ref = "FlagDifference") @JsonRawValue String diff) {

    static ChangeBody of(FlagStore.Change change) {
        FlagStore.Note note = change.note();
        return new ChangeBody(change.version(), change.at(), note.action(), note.who(), note.why(), note.diff());
    }
}
