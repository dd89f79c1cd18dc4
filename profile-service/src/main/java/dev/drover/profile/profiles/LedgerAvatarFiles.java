package dev.drover.profile.profiles;

import jakarta.inject.Singleton;

import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.MediaState;
import dev.drover.profile.AccountId;

/** Asks the ledger all services share. */
@Singleton
final class LedgerAvatarFiles implements AvatarFiles {

    private final MediaLedger ledger;

    LedgerAvatarFiles(MediaLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public boolean isUsable(AccountId owner, MediaId file) {
        return ledger.find(owner.value(), file)
                .filter(item -> item.state() == MediaState.READY && item.media().purpose() == MediaPurpose.AVATAR)
                .isPresent();
    }
}
