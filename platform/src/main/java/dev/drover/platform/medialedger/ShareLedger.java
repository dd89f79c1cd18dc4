package dev.drover.platform.medialedger;

import java.util.List;
import java.util.Optional;

/** By which links a file is shared. Each is taken back alone; a deleted file has none. */
public interface ShareLedger {

    /** A repeat with the same id gives the link that was noted first. */
    ShareResult share(MediaName name, Share share, int sharesMax);

    /** Those that can still be used, the latest first; empty too when there is no such file. */
    List<Share> shares(MediaName name);

    /** False when there is no such file; that there is no such link is fine. */
    boolean revoke(MediaName name, String shareId);

    /** The file a link leads to, and as what; empty when it leads nowhere (any more). */
    Optional<Shared> open(Share.Token token);

    record Shared(MediaItem item, VariantName variant) {}

    sealed interface ShareResult {
        record Noted(Share share) implements ShareResult {}

        record Full() implements ShareResult {}

        record Gone() implements ShareResult {}
    }
}
