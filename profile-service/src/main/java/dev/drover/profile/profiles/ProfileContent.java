package dev.drover.profile.profiles;

import java.util.Optional;

import dev.drover.platform.medialedger.MediaId;
import dev.drover.profile.handles.Handle;

/** What an account can change about its profile. Texts are in NFC and within their limits (see {@link TextRule}). */
record ProfileContent(
        Handle handle, String displayName, String bio, Optional<MediaId> avatar, Preferences preferences) {

    ProfileContent withPreferences(Preferences other) {
        return new ProfileContent(handle, displayName, bio, avatar, other);
    }
}
