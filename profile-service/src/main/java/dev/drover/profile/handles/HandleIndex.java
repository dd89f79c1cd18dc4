package dev.drover.profile.handles;

import java.util.List;
import java.util.Optional;

import dev.drover.profile.AccountId;

/**
 * The chosen handles in order, to look for by their first characters. It is in a slot of its own, so it may name a handle that a profile does
 * not show (never the other way round): an entry is made before the profile is written and removed after it is written with another handle. Who reads
 * it asks the profile.
 */
public interface HandleIndex {

    /** Before an account that read its profile at {@code epoch} writes it with this handle. Repeating it changes nothing. */
    void enter(Handle handle, AccountId owner, long epoch);

    /** Removes the entries made at {@code epoch} or before; a newer one, of the same account and handle, stays. */
    void leave(Handle handle, AccountId owner, long epoch);

    /** One round trip. At most {@code max} entries behind {@code after} whose handle begins with {@code prefix}, in order. */
    List<Entry> entries(String prefix, Optional<Entry> after, int max);

    /** @param epoch the owner's handle epoch when the entry was made: it tells those of one account and handle apart */
    record Entry(Handle handle, AccountId owner, long epoch) {}
}
