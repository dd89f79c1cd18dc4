package dev.drover.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/**
 * Compares docs/api/calls.md with what the other tests of the module saw (see {@link RequestCalls}): every operation has a row, and takes no more
 * calls than it says. So it runs after them, as Quarkus orders plain tests last, and tells nothing when it runs alone.
 */
public abstract class CallCountContract {

    /** The service's name in the table, for example {@code profile-service}. */
    protected abstract String service();

    /** Operations that ask about everything there is, whatever other tests left: a test of their own holds their rows. */
    protected Set<String> growing() {
        return Set.of();
    }

    @Test
    void noOperationTakesMoreCallsThanTheDocumentationSays() throws IOException {
        Map<String, Integer> counted = CallRecord.ofThisJvm().byOperation();
        counted.keySet().removeAll(growing());
        assumeTrue(!counted.isEmpty(), "it runs alone");
        assumeTrue(
                System.getProperty("drover.test.redis", "standalone").matches("standalone|bundled"), "once is enough");
        Map<String, Integer> documented = documented();
        String rows = counted.entrySet().stream()
                .filter(row -> row.getValue() > documented.getOrDefault(row.getKey(), -1))
                .map(row -> "| " + service() + " | `" + row.getKey() + "` | " + row.getValue() + " |")
                .collect(Collectors.joining("\n"));
        assertThat(rows).as("what docs/api/calls.md has otherwise").isEmpty();
    }

    private Map<String, Integer> documented() throws IOException {
        Map<String, Integer> rows = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of(System.getProperty("drover.home"), "docs", "api", "calls.md"))) {
            String[] cells = line.split("\\|");
            if (cells.length == 4
                    && cells[1].strip().equals(service())
                    && cells[3].strip().matches("[0-9]+")) {
                rows.put(cells[2].strip().replace("`", ""), Integer.valueOf(cells[3].strip()));
            }
        }
        return rows;
    }
}
