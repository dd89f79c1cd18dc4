package dev.drover.media.library;

import java.util.Optional;

import jakarta.inject.Singleton;

import dev.drover.media.library.Library.LinkResult;
import dev.drover.platform.medialedger.AvatarPath;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaItem;
import dev.drover.platform.medialedger.MediaName;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.PresignedRequest;

/** Pictures of accounts, for anyone: only what was uploaded to be one, and only while the account's profile shows it. */
@Singleton
final class Avatars {

    private final Library library;
    private final ShownAvatars shown;

    Avatars(Library library, ShownAvatars shown) {
        this.library = library;
        this.shown = shown;
    }

    /** Empty when there is no such picture, or none for everybody's eyes. */
    Optional<PresignedRequest> find(String owner, MediaId id, VariantName variant) {
        if (!AvatarPath.VARIANTS.contains(variant)) {
            return Optional.empty();
        }
        // Before the profile is looked for: whoever has a file is an account.
        return library.find(owner, id)
                .filter(item -> item.media().purpose() == MediaPurpose.AVATAR)
                .filter(item -> shown.isShown(new MediaName(owner, id)))
                .flatMap(item -> link(item, variant));
    }

    private Optional<PresignedRequest> link(MediaItem item, VariantName variant) {
        return library.link(item, variant) instanceof LinkResult.Link(PresignedRequest download)
                ? Optional.of(download)
                : Optional.empty();
    }
}
