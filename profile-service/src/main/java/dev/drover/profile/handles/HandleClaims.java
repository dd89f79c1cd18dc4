package dev.drover.profile.handles;

import java.time.Duration;

import dev.drover.profile.AccountId;

/**
 * Who may use which handle. A claim and the profile that shows the handle live in different slots, so no step covers both; every step
 * here is atomic by itself, harmless when repeated, and safe to leave out after a crash (see {@link HandleChange}).
 *
 * <p>{@code epoch} is the owner's handle epoch as it stands in its profile: it grows with each change of handle and with each fence.
 */
interface HandleClaims {

    /** Claims a handle that is free or already the owner's. A reservation of the owner's own is lifted. */
    Claim claim(Handle handle, AccountId owner, long epoch);

    /** Takes the handle from {@code holder} unless the holder has claimed it at a later epoch than {@code voidEpoch}. */
    boolean takeOver(Handle handle, AccountId holder, long voidEpoch, AccountId owner, long epoch);

    /** Lets the claim expire after {@code reservation}, unless the owner has claimed the handle again after {@code epoch}. */
    void reserve(Handle handle, AccountId owner, long epoch, Duration reservation);

    sealed interface Claim {
        record Claimed() implements Claim {}

        /** Another account claimed it, {@code age} ago; whether it ever took it into use is its profile's knowledge. */
        record Held(AccountId holder, Duration age) implements Claim {}
    }
}
