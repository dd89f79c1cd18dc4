package dev.drover.profile.profiles;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A profile as its owner sees it. Preferences are stored as JSON and pass through as they are. */
@RegisterForReflection
record ProfileBody(
        String id,
        String handle,
        String displayName,
        String bio,
        AvatarBody avatar,
        @JsonRawValue String preferences,
        long version,
        Instant updatedAt) {

    static ProfileBody of(Profile profile) {
        ProfileContent content = profile.content();
        return new ProfileBody(
                profile.id().value(),
                content.handle().value(),
                content.displayName(),
                content.bio(),
                AvatarBody.of(content.avatar()),
                content.preferences().json(),
                profile.version(),
                profile.updatedAt());
    }
}
