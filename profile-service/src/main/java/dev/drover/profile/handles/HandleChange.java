package dev.drover.profile.handles;

import jakarta.inject.Singleton;

import dev.drover.profile.AccountId;

/**
 * How an account comes to a new handle without two accounts ever showing the same one, whatever is killed in between:
 *
 * <ol>
 *   <li>claim the new handle, in the handle's slot, and enter it in the index;
 *   <li>write the profile, in the account's slot: refused if the account was fenced since it was read. The handle it leaves is noted there;
 *   <li>take the old handle from the index and let the old claim expire after the reservation; leaving this out costs one small key.
 * </ol>
 *
 * After a crash between 1 and 2 a claim stands that no profile shows. Nobody cleans it up: who next wants the handle finds it older than
 * the grace period, fences its holder, and takes it over. A holder that was only slow (paused, not dead) finds itself fenced at step 2.
 */
@Singleton
public final class HandleChange {

    private final HandleClaims claims;
    private final HandleFence fence;
    private final HandleIndex index;
    private final HandlePolicy policy;

    HandleChange(HandleClaims claims, HandleFence fence, HandleIndex index, HandlePolicy policy) {
        this.claims = claims;
        this.fence = fence;
        this.index = index;
        this.policy = policy;
    }

    /** Step 1. True: the profile may be written with this handle, by a writer that read it at {@code epoch}. */
    public boolean claim(Handle handle, AccountId account, long epoch) {
        if (handle.isSomeDefault()) {
            return handle.isAllowedFor(account);
        }
        boolean isOurs =
                switch (claims.claim(handle, account, epoch)) {
                    case HandleClaims.Claim.Claimed claimed -> true;
                    case HandleClaims.Claim.Held held ->
                        held.age().compareTo(policy.claimGrace()) >= 0
                                && takeOver(handle, held.holder(), account, epoch);
                };
        if (isOurs) {
            index.enter(handle, account, epoch);
        }
        return isOurs;
    }

    /** Step 3. */
    public void left(Handle handle, AccountId account, long epoch) {
        if (!handle.isSomeDefault()) {
            index.leave(handle, account, epoch);
            claims.reserve(handle, account, epoch, policy.reservation());
        }
    }

    public HandlePolicy policy() {
        return policy;
    }

    private boolean takeOver(Handle handle, AccountId holder, AccountId account, long epoch) {
        return switch (fence.fence(holder, handle)) {
            case HandleFence.Answer.InUse inUse -> false;
            case HandleFence.Answer.Fenced fenced ->
                claims.takeOver(handle, holder, fenced.voidEpoch(), account, epoch);
        };
    }
}
