package dev.drover.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The meters docs/operations/metrics.md promises. */
record MeterCatalogue(Map<String, Entry> entries) {

    /** Every meter carries it, so the tables leave it out. */
    private static final String COMMON_TAG = "service";

    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z0-9_.]+)` \\| (timer|gauge|counter) \\| ([^|]*)\\|.*");

    /** One row. */
    record Entry(String name, String type, Set<String> tags) {}

    static MeterCatalogue read() {
        Path file = Path.of(System.getProperty("drover.home"), "docs", "operations", "metrics.md");
        try {
            return new MeterCatalogue(Files.readAllLines(file).stream()
                    .map(ROW::matcher)
                    .filter(Matcher::matches)
                    .map(row -> new Entry(row.group(1), row.group(2), tags(row.group(3))))
                    .collect(Collectors.toMap(Entry::name, Function.identity())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> tags(String cell) {
        Set<String> tags = Arrays.stream(cell.replace("`", "").split(","))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        tags.add(COMMON_TAG);
        return tags;
    }
}
