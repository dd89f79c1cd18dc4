package dev.drover.auth.mfa;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import org.bouncycastle.util.encoders.Base32;

/** What an account and its authenticator app share: 160 bits, codes of six digits by SHA-1 every 30 seconds, as every app knows them. */
record TotpSecret(byte[] bits) {

    static final Duration STEP = Duration.ofSeconds(30);

    private static final int BYTES = 20;
    private static final int STEPS_APART = 1;

    static TotpSecret random() {
        byte[] bits = new byte[BYTES];
        new SecureRandom().nextBytes(bits);
        return new TotpSecret(bits);
    }

    /** The step whose code this is: the present one, the one before (a slow typist) or the one after (a clock ahead). */
    OptionalLong stepOf(String code, Instant now) {
        long present = step(now);
        for (long step = present - STEPS_APART; step <= present + STEPS_APART; step++) {
            if (code(step).equals(code)) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    static long step(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), STEP.toSeconds());
    }

    String code(long step) {
        try {
            return new TimeBasedOneTimePasswordGenerator(STEP)
                    .generateOneTimePasswordString(
                            new SecretKeySpec(bits, "HmacSHA1"), Instant.ofEpochSecond(step * STEP.toSeconds()));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("HMAC-SHA-1 takes a key of any length", e);
        }
    }

    String base32() {
        return Base32.toBase32String(bits).replace("=", "");
    }

    /** What an app reads from the picture. */
    String uri(String issuer, String account) {
        return "otpauth://totp/" + encoded(issuer) + ":" + encoded(account) + "?secret=" + base32() + "&issuer="
                + encoded(issuer) + "&algorithm=SHA1&digits=6&period=" + STEP.toSeconds();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "TotpSecret[***]";
    }
}
