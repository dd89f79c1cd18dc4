package dev.drover.profile.profiles;

import java.time.Instant;

import jakarta.annotation.Nullable;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A profile as its owner sees it. Preferences are stored as JSON and pass through as they are. */
@RegisterForReflection
@Schema(name = "Profile")
record ProfileBody(
        @Schema(examples = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn") String id,
        @Schema(examples = "ada") String handle,
        @Schema(examples = "Ada") String displayName,
        @Schema(examples = "Herds cattle.") String bio,
        @Nullable AvatarBody avatar,
        @Schema(ref = "Preferences") @JsonRawValue String preferences,

        @Schema(description = "As in the ETag", examples = "7")
        long version,

        Instant updatedAt) {

    static ProfileBody of(Profile profile, AvatarUrls avatars) {
        ProfileContent content = profile.content();
        return new ProfileBody(
                profile.id().value(),
                content.handle().value(),
                content.displayName(),
                content.bio(),
                avatars.of(profile),
                content.preferences().json(),
                profile.version(),
                profile.updatedAt());
    }
}
