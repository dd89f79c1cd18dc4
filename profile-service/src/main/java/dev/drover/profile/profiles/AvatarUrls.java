package dev.drover.profile.profiles;

import java.util.Map;
import java.util.TreeMap;

import jakarta.annotation.Nullable;
import jakarta.inject.Singleton;

import dev.drover.platform.identity.IdentityConfig;
import dev.drover.platform.medialedger.AvatarPath;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.VariantName;

/** Names where the picture of a profile is. That takes no look at anything: media-service looks when somebody asks there. */
@Singleton
final class AvatarUrls {

    private final String baseUrl;

    AvatarUrls(IdentityConfig identity) {
        this.baseUrl = identity.publicBaseUrl().replaceAll("/+$", "");
    }

    /** Null, as on the wire, when there is none. */
    @Nullable
    AvatarBody of(Profile profile) {
        return profile.content()
                .avatar()
                .map(id -> new AvatarBody(id.value(), urls(profile, id)))
                .orElse(null);
    }

    private Map<String, String> urls(Profile profile, MediaId id) {
        Map<String, String> urls = new TreeMap<>();
        for (VariantName size : AvatarPath.VARIANTS) {
            urls.put(size.word(), baseUrl + AvatarPath.of(profile.id().value(), id, size));
        }
        return urls;
    }
}
