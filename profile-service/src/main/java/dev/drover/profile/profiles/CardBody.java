package dev.drover.profile.profiles;

import jakarta.annotation.Nullable;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.idempotency.Ids;

/** What anyone may know of an account. */
@RegisterForReflection
@Schema(name = "ProfileCard")
record CardBody(
        @Schema(examples = "usr_06ek2v5w3xq9d4t8m1b7c0hzyn") String id,
        @Schema(examples = "ada") String handle,
        @Schema(examples = "Ada") String displayName,
        @Schema(examples = "Herds cattle.") String bio,
        @Nullable AvatarBody avatar) {

    static CardBody of(Profile profile, AvatarUrls avatars) {
        ProfileContent content = profile.content();
        return new CardBody(
                profile.id().value(),
                content.handle().value(),
                content.displayName(),
                content.bio(),
                avatars.of(profile));
    }

    /** Of what is shown: the profile's version would tell when its owner changed something private. */
    String tag() {
        return Ids.derive(id, handle, displayName, bio, avatar == null ? "" : avatar.toString());
    }
}
