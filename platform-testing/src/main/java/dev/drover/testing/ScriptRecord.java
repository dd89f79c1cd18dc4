package dev.drover.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What the watches saw in this JVM. Tests of a service and plain ones have class loaders of their own, so that it hangs at the one place
 * they share, and is made of the JDK's types only.
 */
record ScriptRecord(Map<String, String> seen) {

    private static final String PLACE = "drover.test.scripts";
    private static final String RUN = "run ";

    @SuppressWarnings("unchecked")
    static ScriptRecord ofThisJvm() {
        return new ScriptRecord((Map<String, String>)
                System.getProperties().computeIfAbsent(PLACE, absent -> new ConcurrentHashMap<String, String>()));
    }

    void ran(String sha1) {
        seen.put(RUN + sha1, "");
    }

    boolean hasRun(String sha1) {
        return seen.containsKey(RUN + sha1);
    }

    /** One report per script and kind of fault is enough. */
    void fault(String kind, String detail) {
        seen.putIfAbsent(kind, detail);
    }

    Set<String> faults() {
        return seen.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith(RUN))
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.toSet());
    }

    /** As Redis names a script, from the source as bytes told as characters. */
    static String sha1(String source) {
        return sha1(source.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String sha1(byte[] source) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
