package dev.drover.media.library;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import dev.drover.media.library.Library.LinkResult;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaName;
import dev.drover.platform.medialedger.MediaState;
import dev.drover.platform.medialedger.Share;
import dev.drover.platform.medialedger.ShareLedger;
import dev.drover.platform.medialedger.ShareLedger.ShareResult;
import dev.drover.platform.medialedger.VariantName;

/** Links by which an owner lets others have a file; each can be taken back alone. */
final class Shares {

    private final ShareLedger ledger;
    private final MediaLedger media;
    private final Library library;
    private final Policy policy;
    private final Clock clock;

    Shares(ShareLedger ledger, MediaLedger media, Library library, Policy policy, Clock clock) {
        this.ledger = ledger;
        this.media = media;
        this.library = library;
        this.policy = policy;
        this.clock = clock;
    }

    record Policy(Duration validFor, Duration validMax, int sharesMax) {

        Policy {
            if (validFor.compareTo(validMax) > 0) {
                throw new IllegalArgumentException("drover.media.library.share-valid-for is longer than -max");
            }
        }

        static Policy of(LibraryConfig config) {
            return new Policy(config.shareValidFor(), config.shareValidMax(), config.sharesMax());
        }
    }

    Duration validMax() {
        return policy.validMax();
    }

    /**
     * @param shareId of a repeat the same
     * @param secret  counts when the id is new
     */
    ShareResult share(MediaName name, String shareId, String secret, VariantName variant, Optional<Duration> validFor) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Share share = new Share(shareId, secret, variant, now, now.plus(validFor.orElse(policy.validFor())));
        return ledger.share(name, share, policy.sharesMax());
    }

    /** Whether a link to it may lead somewhere: of a file that is not ready nobody knows yet which variants it will have. */
    boolean mayHave(MediaName name, VariantName variant) {
        return variant == VariantName.ORIGINAL
                || media.find(name.owner(), name.id())
                        .filter(item -> item.state() == MediaState.READY
                                && item.variant(variant).isEmpty())
                        .isEmpty();
    }

    /** Empty when there is no such file. */
    Optional<List<Share>> list(String owner, MediaId id) {
        return media.find(owner, id).map(item -> ledger.shares(new MediaName(owner, id)));
    }

    boolean revoke(MediaName name, String shareId) {
        return ledger.revoke(name, shareId);
    }

    /** Empty when the link leads nowhere, or to what nobody gets. */
    Optional<LinkResult.Link> open(Share.Token token) {
        return ledger.open(token)
                .map(shared -> library.link(shared.item(), shared.variant()))
                .filter(LinkResult.Link.class::isInstance)
                .map(LinkResult.Link.class::cast);
    }
}
