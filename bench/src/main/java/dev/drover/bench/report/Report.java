package dev.drover.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** What a run has found: tables for people, every single figure for programs, bars for those who look. */
public final class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Map<String, Measured> measured = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();

    /** @param unit of each of {@code values} */
    public record Measured(String row, String side, String what, String unit, double[] values) {}

    public void setting(String name, String value) {
        settings.put(name, value);
    }

    public Table table(String title, String note, String... columns) {
        return tables.computeIfAbsent(title, ignored -> new Table(title, note, List.of(columns)));
    }

    public Figures figure(String row, String side, String what, String unit, Figures values) {
        measured.put(String.join("/", row, side, what), new Measured(row, side, what, unit, values.values()));
        return values;
    }

    /** A row that could not be measured; the others are. */
    public void missing(String row, String why) {
        // An answer's head and body would not fit into a list.
        missing.add(row + ": " + why.lines().findFirst().orElse(""));
        System.out.println("  " + row + " was not measured: " + why);
    }

    public boolean isWhole() {
        return missing.isEmpty();
    }

    Map<String, String> settings() {
        return settings;
    }

    List<Table> tables() {
        return tables.values().stream().filter(table -> !table.rows().isEmpty()).toList();
    }

    List<Measured> measured() {
        return List.copyOf(measured.values());
    }

    List<String> missing() {
        return missing;
    }

    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        String markdown = Markdown.of(this);
        Files.writeString(folder.resolve("tables.md"), markdown);
        Files.writeString(folder.resolve("report.html"), Html.of(this));
        Files.writeString(
                folder.resolve("report.json"),
                JSON.writeValueAsString(Map.of("settings", settings, "measured", measured(), "missing", missing))
                        + "\n");
    }
}
