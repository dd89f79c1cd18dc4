package dev.drover.profile.profiles;

import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.medialedger.MediaId;

/** @param urls where the variants can be read, by variant; empty as long as media-service is the one to ask for them */
@RegisterForReflection
@Schema(name = "Avatar")
record AvatarBody(
        @Schema(examples = "med_06ek2v5w3xq9d4t8m1b7c0hzyn") String mediaId, Map<String, String> urls) {

    /** Null, as on the wire, when there is none. */
    static AvatarBody of(Optional<MediaId> avatar) {
        return avatar.map(id -> new AvatarBody(id.value(), Map.of())).orElse(null);
    }
}
