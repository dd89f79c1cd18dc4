package dev.drover.auth.mfa;

/** Names of the second factor in Redis, in the slot of the account. */
public final class MfaKeys {

    private MfaKeys() {}

    /**
     * A hash of {@code state} ({@code pending}, {@code active}), {@code secret} (encrypted), {@code lastStep}, {@code recovery:<hash>} for
     * each recovery code left, {@code failures}, {@code pausedUntil}, {@code lastProof} and {@code lastUse}, and, when the request that
     * confirmed it can be repeated, {@code confirmedBy} and {@code confirmedMillis}.
     */
    public static String mfa(String account) {
        return "drover:{" + account + "}:mfa";
    }
}
