package dev.drover.profile.profiles;

import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** @param urls where the variants can be read, by variant; empty as long as media-service is the one to ask for them */
@RegisterForReflection
record AvatarBody(String mediaId, Map<String, String> urls) {

    /** Null, as on the wire, when there is none. */
    static AvatarBody of(Optional<MediaId> avatar) {
        return avatar.map(id -> new AvatarBody(id.value(), Map.of())).orElse(null);
    }
}
