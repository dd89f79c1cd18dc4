package dev.drover.profile.profiles;

import io.quarkus.runtime.annotations.RegisterForReflection;

import dev.drover.platform.idempotency.Ids;

/** What anyone may know of an account. */
@RegisterForReflection
record CardBody(String id, String handle, String displayName, String bio, AvatarBody avatar) {

    static CardBody of(Profile profile) {
        ProfileContent content = profile.content();
        return new CardBody(
                profile.id().value(),
                content.handle().value(),
                content.displayName(),
                content.bio(),
                AvatarBody.of(content.avatar()));
    }

    /** Of what is shown: the profile's version would tell when its owner changed something private. */
    String tag() {
        return Ids.derive(id, handle, displayName, bio, avatar == null ? "" : avatar.mediaId());
    }
}
