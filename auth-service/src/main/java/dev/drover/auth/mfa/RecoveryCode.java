package dev.drover.auth.mfa;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.SessionCookie;

/** For whoever has lost the app: 80 bits, good once, of which Redis has a hash. */
record RecoveryCode(String value) {

    static final int COUNT = 10;

    private static final int CHARACTERS = 16;
    private static final int GROUP = 4;

    static List<RecoveryCode> fresh(Ids ids) {
        return Stream.generate(() -> new RecoveryCode(ids.random().substring(0, CHARACTERS)))
                .limit(COUNT)
                .toList();
    }

    /** The same for the same secret, so that a repeat shows what its first try showed and nothing but hashes is stored. */
    static List<RecoveryCode> derived(byte[] secret) {
        String seed = HexFormat.of().formatHex(secret);
        return IntStream.range(0, COUNT)
                .mapToObj(i ->
                        new RecoveryCode(Ids.derive(seed, Integer.toString(i)).substring(0, CHARACTERS)))
                .toList();
    }

    /** As somebody typed it: with or without dashes, in any case. */
    static RecoveryCode presented(String text) {
        return new RecoveryCode(text.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT));
    }

    String hash() {
        return SessionCookie.hash(value);
    }

    /** As it is shown. */
    String grouped() {
        return String.join("-", value.split("(?<=\\G.{" + GROUP + "})"));
    }

    @Override
    public String toString() {
        return "***";
    }
}
