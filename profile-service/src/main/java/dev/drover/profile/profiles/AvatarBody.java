package dev.drover.profile.profiles;

import java.util.Map;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param urls where anyone can read the picture, by size, for as long as the profile shows it */
@RegisterForReflection
@Schema(name = "Avatar")
record AvatarBody(
        @Schema(examples = "med_06ek2v5w3xq9d4t8m1b7c0hzyn") String mediaId,

        @Schema(description = "By size: avatar64 and avatar256")
        Map<String, String> urls) {}
