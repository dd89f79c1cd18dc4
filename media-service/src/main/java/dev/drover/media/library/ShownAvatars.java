package dev.drover.media.library;

import dev.drover.platform.medialedger.MediaName;

/** Which pictures profiles show. Profiles are profile-service's; here they are only looked at. */
interface ShownAvatars {

    /** One read; sees every change of a profile that was acknowledged before. */
    boolean isShown(MediaName picture);
}
