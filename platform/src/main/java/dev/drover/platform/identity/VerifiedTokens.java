package dev.drover.platform.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Tokens whose signature and claims this instance has checked in the last minute, by their SHA-256. Checking ES256 takes more of the processor
 * than all the rest of a read, and a client sends the same token again and again. It counts only for the key it was checked with,
 * which the caller takes from those published now, and until the token expires; its session is asked about every request all the same.
 */
final class VerifiedTokens {

    private static final Duration AGE_MAX = Duration.ofMinutes(1);

    private record Verified(PublicKey key, VerifiedToken token) {}

    private final RecentProofs<Verified> proofs;
    private final Clock clock;
    private final Duration clockSkew;

    VerifiedTokens(Clock clock, Duration clockSkew) {
        this.proofs = new RecentProofs<>(clock, AGE_MAX);
        this.clock = clock;
        this.clockSkew = clockSkew;
    }

    /** @param name of the token, see {@link #name} */
    Optional<VerifiedToken> find(String name, PublicKey key) {
        return proofs.find(name)
                .filter(verified -> verified.key().equals(key))
                .map(Verified::token)
                .filter(verified ->
                        clock.instant().isBefore(verified.expiresAt().plus(clockSkew)));
    }

    /** @param name of the token, see {@link #name} */
    void add(String name, PublicKey key, VerifiedToken verified) {
        proofs.add(name, new Verified(key, verified));
    }

    /** What a token is kept under. Not the token itself: it would let in whoever reads the memory. */
    static String name(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
