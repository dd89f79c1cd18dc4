package dev.drover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import dev.drover.bench.guard.Guard;
import dev.drover.bench.load.Refused;
import dev.drover.bench.machine.Machine;
import dev.drover.bench.report.Report;
import dev.drover.bench.row.Compared;
import dev.drover.bench.row.Plan;
import dev.drover.bench.row.Row;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Peer;
import dev.drover.bench.suite.Service;
import dev.drover.bench.suite.Stores;
import dev.drover.stores.EmbeddedRedis.Persistence;

/** {@code ./drover bench}. */
@Command(
        name = "./drover bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures what the services cost, beside limits and a peer in the same run. It starts and stops what it needs.")
public final class BenchCommand implements Callable<Integer> {

    @Option(names = "--rows", split = ",", paramLabel = "ROW", description = "Only these, separated by commas.")
    private List<String> rows = new ArrayList<>();

    @Option(names = "--seconds", defaultValue = "3", description = "How long one measurement lasts (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--repetitions", defaultValue = "3", description = "How often each is repeated (${DEFAULT-VALUE}).")
    private int repetitions;

    @Option(
            names = "--warm-up",
            defaultValue = "20",
            paramLabel = "SECONDS",
            description =
                    "Load before a side is measured (${DEFAULT-VALUE}): a JVM compiles for that long on two cores.")
    private int warmUp;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where tables.md, report.json and report.html go (.drover/bench).")
    private Path out;

    @Option(
            names = "--fsync",
            paramLabel = "always|everysec",
            converter = Appendfsync.class,
            defaultValue = "everysec",
            description = "When Redis's append-only file reaches the disk, on both sides (${DEFAULT-VALUE}).")
    private Persistence persistence;

    @Option(names = "--no-peer", description = "Without the Node stack beside it.")
    private boolean withoutPeer;

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "COMMIT",
            description = "Two commits in turn, each built in a worktree of its own.")
    private List<String> compared = new ArrayList<>();

    @Option(
            names = "--jfr",
            paramLabel = "DIR",
            description = "Leaves a recording of the flight recorder of each service there.")
    private Path recordings;

    @Option(
            names = "--quick",
            description = "The guard: counts that do not depend on the machine, compared with bench/baseline.json.")
    private boolean quick;

    @Option(names = "--accept", description = "With --quick: what was counted is the baseline from now on.")
    private boolean accept;

    public static void main(String... args) {
        System.exit(new CommandLine(new BenchCommand())
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(e.getMessage());
                    return 2;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path home = Path.of(System.getProperty("drover.home")).toAbsolutePath();
        Path data = Files.createTempDirectory("drover-bench");
        Stores.keep(persistence);
        if (recordings != null) {
            Drover.recordInto(Files.createDirectories(recordings).toAbsolutePath());
        }
        try {
            return quick ? guard(home, data) : measure(home, data);
        } finally {
            delete(data);
        }
    }

    private int guard(Path home, Path data) throws IOException {
        List<String> grown = new Guard(home, System.out).run(data, accept);
        if (!grown.isEmpty()) {
            System.out.println("\nMore than was agreed on in bench/baseline.json:");
            grown.forEach(what -> System.out.println("  " + what));
            System.out.println("If that is meant to be: ./drover bench --quick --accept, and say why in the commit.");
        }
        return grown.isEmpty() ? 0 : 1;
    }

    private int measure(Path home, Path data) throws IOException, InterruptedException {
        Plan plan = new Plan(
                home,
                data,
                Duration.ofSeconds(Math.max(1, seconds)),
                Math.max(1, repetitions),
                Duration.ofSeconds(Math.max(0, warmUp)));
        Report report = new Report();
        settings(report, home);
        for (Row row : chosen(home, report)) {
            System.out.println(row.id());
            try {
                row.measure(plan, report);
            } catch (IOException | RuntimeException e) {
                report.missing(row.id(), e instanceof Refused ? e.getMessage() : e.toString());
            }
        }
        Path folder = out == null ? home.resolve(".drover/bench") : out;
        report.write(folder);
        System.out.println("Written to " + folder + ": tables.md, report.json, report.html");
        return report.isWhole() ? 0 : 1;
    }

    private List<Row> chosen(Path home, Report report) throws IOException, InterruptedException {
        if (!compared.isEmpty()) {
            Worktrees worktrees = new Worktrees(home);
            Compared.Build before = worktrees.build(compared.getFirst());
            Compared.Build after = worktrees.build(compared.getLast());
            return Rows.endpoints(rows).stream()
                    .<Row>map(one -> new Compared(one, before, after))
                    .toList();
        }
        boolean withPeer = !withoutPeer && Peer.isAvailable(home);
        if (!withPeer) {
            report.setting(
                    "peer",
                    "not measured"
                            + (withoutPeer ? ", as asked" : ": it takes node and npm, and bench/peer's packages"));
        }
        return Rows.chosen(rows, withPeer);
    }

    private void settings(Report report, Path home) {
        report.setting("taken", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
        Machine.describe(home).forEach(report::setting);
        report.setting(
                "measured",
                repetitions + " times " + seconds + " s each, the sides in turn, after " + warmUp + " s to warm up");
        report.setting(
                "Redis's persistence",
                "append-only file, " + Appendfsync.word(persistence) + ", on both sides; one Redis for each");
        report.setting("service flags", String.join(" ", Service.PROFILE.flags(home)));
        report.setting("beside each other on these cores", "load generator, services, Redis");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
