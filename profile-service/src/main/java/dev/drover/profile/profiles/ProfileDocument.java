package dev.drover.profile.profiles;

import java.io.IOException;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON form of a profile, as it is read, replaced and patched. */
final class ProfileDocument {

    static final Set<String> MEMBERS =
            Set.of("id", "handle", "displayName", "bio", "avatar", "preferences", "version", "updatedAt");
    static final Set<String> AVATAR_MEMBERS = Set.of("mediaId", "urls");

    /** Deeper than any profile may be, so that it is the profile's own rule that refuses it. */
    private static final int DEPTH_MAX = 64;

    /** Numbers keep all their digits, and a member given twice is a mistake and not a choice. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private ProfileDocument() {}

    static JsonNode parse(byte[] json) throws IOException {
        return JSON.readTree(json);
    }

    /** What a patch is applied to: what GET answers. */
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
        avatar.putObject("urls");
        return avatar;
    }

    private static JsonNode preferences(Preferences preferences) {
        try {
            return JSON.readTree(preferences.json());
        } catch (IOException e) {
            throw new IllegalStateException("stored preferences must be JSON", e);
        }
    }
}
