package dev.drover.auth.password;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash with all it takes to check it, as a PHC string: {@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}.
 *
 * @param salt base 64 without padding
 * @param hash base 64 without padding
 */
public record PasswordHash(Parameters parameters, String salt, String hash) {

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    /** @param memoryKibibytes m, @param iterations t, @param parallelism p */
    public record Parameters(int memoryKibibytes, int iterations, int parallelism) {

        public Parameters {
            if (parallelism < 1) {
                throw new IllegalArgumentException("parallelism must be at least 1: " + parallelism);
            }
            if (memoryKibibytes < 8 * parallelism) {
                throw new IllegalArgumentException("memory must be at least 8 KiB per lane: " + memoryKibibytes);
            }
            if (iterations < 1) {
                throw new IllegalArgumentException("iterations must be at least 1: " + iterations);
            }
        }
    }

    static PasswordHash of(Parameters parameters, byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return new PasswordHash(parameters, base64.encodeToString(salt), base64.encodeToString(hash));
    }

    /** Reads a PHC string this service wrote; anything else in the store is a fault of ours. */
    public static PasswordHash parse(String phc) {
        Matcher form = PHC.matcher(phc);
        if (!form.matches()) {
            throw new IllegalStateException("stored password hash is no Argon2id PHC string");
        }
        Parameters parameters = new Parameters(
                Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3)));
        return new PasswordHash(parameters, form.group(4), form.group(5));
    }

    public String toPhc() {
        return "$argon2id$v=19$m=" + parameters.memoryKibibytes() + ",t=" + parameters.iterations() + ",p="
                + parameters.parallelism() + "$" + salt + "$" + hash;
    }

    byte[] saltBytes() {
        return Base64.getDecoder().decode(salt);
    }

    byte[] hashBytes() {
        return Base64.getDecoder().decode(hash);
    }

    @Override
    public String toString() {
        return "$argon2id$***";
    }
}
