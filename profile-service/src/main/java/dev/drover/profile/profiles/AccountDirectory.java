package dev.drover.profile.profiles;

import java.util.Optional;

import io.smallrye.mutiny.Uni;

import dev.drover.profile.AccountId;

/** The accounts there are. They are auth-service's; here they are only looked at, and only until a profile is first written. */
interface AccountDirectory {

    /** Empty when there is no such account. */
    Optional<AccountFacts> find(AccountId id);

    /** The same on the event loop. */
    Uni<Optional<AccountFacts>> findAsync(AccountId id);
}
