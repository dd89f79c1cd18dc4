package dev.drover.profile.profiles;

import java.time.Instant;
import java.util.Optional;

import dev.drover.profile.AccountId;
import dev.drover.profile.handles.Handle;

/**
 * A profile as it stands.
 *
 * @param version     0 until it is first written, then one more with each write
 * @param handleEpoch see {@link dev.drover.profile.handles.HandleFence}; not part of the representation
 */
record Profile(AccountId id, ProfileContent content, long version, Instant updatedAt, long handleEpoch) {

    /**
     * What an account that never wrote its profile has. It is a view and is stored nowhere: reading stays free of writes, nothing can be
     * lost between a read and a crash, and version 0 is as good an {@code If-Match} as any.
     */
    static Profile initial(AccountId id, AccountFacts account, long handleEpoch) {
        ProfileContent content =
                new ProfileContent(Handle.defaultOf(id), account.displayName(), "", Optional.empty(), Preferences.NONE);
        return new Profile(id, content, 0, account.createdAt(), handleEpoch);
    }

    Profile written(ProfileContent next, long nextVersion, Instant at) {
        long epoch = next.handle().equals(content.handle()) ? handleEpoch : handleEpoch + 1;
        return new Profile(id, next, nextVersion, at, epoch);
    }
}
