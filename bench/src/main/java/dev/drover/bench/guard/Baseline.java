package dev.drover.bench.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/**
 * What requests cost when this was last agreed on.
 *
 * @param java the JVM's release: what is allocated is compared within one, because class libraries differ
 */
record Baseline(int java, Map<String, Cost> requests) {

    /** Part of a read or command that may come from beside the requests, on a machine where they take long. */
    private static final double COUNT_TOLERANCE = 0.5;

    /** A request sends a few commands. More reads are the pieces of what is long, and how many those are is up to the kernel and to who comes first. */
    private static final double READS_COMPARED = 6;

    private static final double READS_TOLERANCE = 0.10;

    private static final double COMMANDS_TOLERANCE = 0.02;
    private static final double BYTES_TOLERANCE = 0.10;

    /** What a process allocates beside its requests, and more of it for each the longer each takes. */
    private static final double BYTES_BESIDE = 4_096;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static Baseline now(Map<String, Cost> requests) {
        return new Baseline(Runtime.version().feature(), new TreeMap<>(requests));
    }

    static Baseline read(Path file) throws IOException {
        return JSON.readValue(Files.readString(file), Baseline.class);
    }

    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    /** What has grown, as sentences; a request that is new here or gone is a difference too. */
    List<String> grown(Baseline measured) {
        List<String> found = new ArrayList<>();
        boolean sameJava = java == measured.java;
        measured.requests.forEach((id, cost) -> {
            Cost agreed = requests.get(id);
            if (agreed == null) {
                found.add(id + " is not in the baseline");
                return;
            }
            if (agreed.reads() <= READS_COMPARED) {
                double tolerance = COUNT_TOLERANCE + agreed.reads() * READS_TOLERANCE;
                check(found, id, "reads by Redis", agreed.reads(), cost.reads(), tolerance);
            }
            check(
                    found,
                    id,
                    "commands",
                    agreed.commands(),
                    cost.commands(),
                    COUNT_TOLERANCE + agreed.commands() * COMMANDS_TOLERANCE);
            if (sameJava) {
                double tolerance = BYTES_BESIDE + agreed.allocatedBytes() * BYTES_TOLERANCE;
                check(found, id, "bytes allocated", agreed.allocatedBytes(), cost.allocatedBytes(), tolerance);
            }
        });
        requests.keySet().stream()
                .filter(id -> !measured.requests.containsKey(id))
                .forEach(id -> found.add(id + " is in the baseline and was not measured"));
        return found;
    }

    private static void check(List<String> found, String id, String what, double agreed, double now, double tolerance) {
        if (now > agreed + tolerance) {
            found.add("%s: %s grew from %s to %s".formatted(id, what, shown(agreed), shown(now)));
        }
    }

    private static String shown(double value) {
        return value == Math.rint(value) ? "%,.0f".formatted(value) : "%,.2f".formatted(value);
    }
}
