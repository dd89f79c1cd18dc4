package dev.drover.bench.row;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.drover.bench.report.Report;
import dev.drover.bench.report.Table;

/** A measurement that is made by another program, which prints rows of a table; only when it is asked for. */
public final class Elsewhere implements Row {

    private static final int SCRIPT_JOBS = 50_000;

    private final String id;
    private final String title;
    private final String note;
    private final List<String> command;

    private Elsewhere(String id, String title, String note, List<String> command) {
        this.id = id;
        this.title = title;
        this.note = note;
        this.command = command;
    }

    /** What a job's scripts cost Redis's main thread. */
    public static Elsewhere scripts() {
        return new Elsewhere(
                "scripts",
                "Scripts of a job's life",
                "bench/jobs/scripts.py: processor time of Redis's main thread, reading the request and writing the answer "
                        + "included; no persistence; the best of three.",
                List.of("python3", "bench/jobs/scripts.py", Integer.toString(SCRIPT_JOBS)));
    }

    /** The pipeline's work on pictures of 12 million pixels. */
    public static Elsewhere pictures() {
        return new Elsewhere(
                "pictures",
                "Pictures",
                "PipelineBench of jobs-service: sniffing, decoding and three variants of a picture of 4000 × 3000.",
                List.of(
                        "mvn",
                        "-q",
                        "-B",
                        "-pl",
                        "jobs-service",
                        "-am",
                        "test",
                        "-Dtest=PipelineBench",
                        "-Dsurefire.failIfNoSpecifiedTests=false"));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(plan.home().toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: "
                    + said.lines().toList().getLast());
        }
        List<List<String>> rows = said.lines()
                .filter(line -> line.contains("| ") && line.strip().endsWith("|") && !line.contains("---"))
                .map(line -> List.of(line.substring(line.indexOf('|') + 1, line.lastIndexOf('|'))
                        .strip()
                        .split("\\s*\\|\\s*")))
                .toList();
        boolean hasHead = rows.getFirst().getFirst().startsWith("jobs");
        List<String> columns = hasHead ? rows.getFirst() : List.of("what", "measured");
        Table table = report.table(title, note, columns.toArray(String[]::new));
        rows.stream().skip(hasHead ? 1 : 0).forEach(row -> table.row(row.toArray()));
    }
}
