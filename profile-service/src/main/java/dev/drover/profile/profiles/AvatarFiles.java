package dev.drover.profile.profiles;

import dev.drover.platform.medialedger.MediaId;
import dev.drover.profile.AccountId;

/** The files accounts have uploaded. They are media-service's; here they are only looked at, when an avatar changes. */
interface AvatarFiles {

    /** Whether it is the account's own, uploaded as an avatar, and ready. A moment later it may be deleted; a card then names a file that is gone. */
    boolean isUsable(AccountId owner, MediaId file);
}
