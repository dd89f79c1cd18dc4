package dev.drover.profile.profiles;

import java.io.IOException;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.profile.JsonBody;

/** The JSON form of a profile, as it is read, replaced and patched. */
final class ProfileDocument {

    static final Set<String> MEMBERS =
            Set.of("id", "handle", "displayName", "bio", "avatar", "preferences", "version", "updatedAt");
    static final Set<String> SETTABLE_MEMBERS = Set.of("handle", "displayName", "bio", "avatar", "preferences");
    static final Set<String> AVATAR_MEMBERS = Set.of("mediaId", "urls");
    static final Set<String> SETTABLE_AVATAR_MEMBERS = Set.of("mediaId");

    private ProfileDocument() {}

    static JsonNode parse(byte[] json) throws IOException {
        return JsonBody.read(json);
    }

    /** What a patch is applied to: what GET answers, but for the URLs of the avatar, which nobody can set. */
    static ObjectNode of(Profile profile) {
        ProfileContent content = profile.content();
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("id", profile.id().value())
                .put("handle", content.handle().value())
                .put("displayName", content.displayName())
                .put("bio", content.bio());
        document.set("avatar", avatar(content));
        document.set("preferences", preferences(content.preferences()));
        return document.put("version", profile.version())
                .put("updatedAt", profile.updatedAt().toString());
    }

    private static JsonNode avatar(ProfileContent content) {
        if (content.avatar().isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode avatar = JsonNodeFactory.instance.objectNode();
        avatar.put("mediaId", content.avatar().get().value());
        return avatar;
    }

    private static JsonNode preferences(Preferences preferences) {
        try {
            return JsonBody.read(preferences.json().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("stored preferences must be JSON", e);
        }
    }
}
