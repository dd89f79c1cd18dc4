package dev.drover.testing;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many calls to Redis the requests of this JVM's tests took that succeeded: of each operation the fewest. Tests of a service and plain ones
 * have class loaders of their own, so that it hangs at the one place they share, and is made of the JDK's types only.
 */
record CallRecord(Map<String, Integer> fewest) {

    private static final String PLACE = "drover.test.redis-calls";

    @SuppressWarnings("unchecked")
    static CallRecord ofThisJvm() {
        return new CallRecord((Map<String, Integer>)
                System.getProperties().computeIfAbsent(PLACE, absent -> new ConcurrentHashMap<String, Integer>()));
    }

    void succeeded(String operation, int calls) {
        fewest.merge(operation, calls, Math::min);
    }

    Map<String, Integer> byOperation() {
        return new TreeMap<>(fewest);
    }
}
