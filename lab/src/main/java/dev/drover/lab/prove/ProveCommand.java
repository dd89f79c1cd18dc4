package dev.drover.lab.prove;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.drover.lab.console.Folders;
import dev.drover.lab.console.Terminal;
import dev.drover.lab.prove.herd.Herd;
import dev.drover.lab.prove.herd.Herds;
import dev.drover.lab.prove.report.HtmlReport;
import dev.drover.lab.prove.report.JsonReport;
import dev.drover.lab.prove.report.Outcome;
import dev.drover.lab.prove.report.TextReport;
import dev.drover.lab.prove.user.Crowd;
import dev.drover.lab.suite.DataFolder;
import dev.drover.stores.PrivateFile;

/** Loads the suite, breaks it at random, and says whether anything was lost. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = "Load the suite, break it at random, and ask for everything it has acknowledged.")
public class ProveCommand implements Callable<Integer> {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|h)");
    /** An audit of what a long run has left takes its time, but not for ever. */
    private static final long REPORTED_WITHIN_MINUTES = 10;

    @Mixin
    Folders folders;

    @Option(
            names = "--duration",
            defaultValue = "60s",
            description = "How long: 90s, 10m, 1h (default: ${DEFAULT-VALUE}).")
    String duration;

    @Option(
            names = "--faults",
            defaultValue = "all-possible",
            description =
                    "Kinds with commas: kill, drain, stop, rolling, all, redis-restart, redis-pause, s3-outage; in a cluster "
                            + "also scale, node-drain; none (default: all that are possible).")
    String faults;

    @Option(
            names = "--fault-interval",
            defaultValue = "1500",
            paramLabel = "MILLIS",
            description = "The average from one fault to the next (default: ${DEFAULT-VALUE}).")
    long faultIntervalMillis;

    @Option(
            names = "--rate",
            defaultValue = "25",
            description = "Steps of all users in a second (default: ${DEFAULT-VALUE}).")
    int rate;

    @Option(
            names = "--users",
            defaultValue = "16",
            description = "How many users there are (default: ${DEFAULT-VALUE}).")
    int users;

    @Option(names = "--seed", description = "The seed of faults and users; drawn and printed when none is given.")
    Long seed;

    @Option(
            names = "--work",
            defaultValue = "",
            description =
                    "What users do, with commas: sessions, profiles, uploads, jobs, schedules, channels, limits, flags, erasure (default: everything).")
    String work;

    @Option(
            names = "--settle",
            defaultValue = "90s",
            description =
                    "How long what was accepted has to end and what was published to arrive, after the load (default: ${DEFAULT-VALUE}).")
    String settle;

    @Option(
            names = "--replicas",
            defaultValue = "2",
            description =
                    "Instances of each service of a suite that is started for the proof (default: ${DEFAULT-VALUE}).")
    int replicas;

    @Option(names = "--url", description = "Load and audit the suite behind this address; nothing is broken.")
    URI url;

    @Option(names = "--namespace", description = "Prove the suite in this namespace of the cluster kubectl speaks to.")
    String namespace;

    private final Terminal terminal = Terminal.ofProcess();
    private final Clock clock = Clock.systemUTC();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<Proof> running = Optional.empty();
    private volatile int exitCode = 2;

    @Override
    public Integer call() throws InterruptedException {
        ProofPlan plan;
        try {
            plan = plan();
        } catch (IllegalArgumentException e) {
            terminal.failed(e.getMessage());
            return 2;
        }
        ProofFolder folder = ProofFolder.of(folders.data(), Proof.name(clock, plan.seed()));
        Runtime.getRuntime().addShutdownHook(new Thread(this::endEarly, "end-of-proof"));
        try (Herds.Open open =
                Herds.open(folders, Optional.ofNullable(url), Optional.ofNullable(namespace), replicas, terminal)) {
            exitCode = prove(plan, open.herd(), folder);
        } catch (DataFolder.BusyException | IOException e) {
            terminal.failed(e.getMessage());
        } finally {
            ended.countDown();
        }
        return exitCode;
    }

    private int prove(ProofPlan plan, Herd herd, ProofFolder folder) throws IOException, InterruptedException {
        try (Writer events = folder.writer(folder.events())) {
            ProofEvents listeners = new EventsToAll(List.of(new ProofLines(events), new ProofConsole(terminal)));
            Proof proof = new Proof(plan, herd, folder, listeners, clock);
            running = Optional.of(proof);
            Outcome outcome = proof.run();
            report(outcome, folder);
            return outcome.verdict().exitCode();
        }
    }

    /**
     * Ctrl-C ends the load, not the proof: the audit and the report still come, and the exit code is the verdict's. While it audits it ends the
     * audit, and then it has proved nothing.
     */
    private void endEarly() {
        if (ended.getCount() == 0) {
            return;
        }
        running.ifPresent(proof -> {
            // It takes a while, and silence looks as if nothing had been heard.
            terminal.line(
                    proof.interrupt()
                            ? "Ending: nothing more is asked for, so nothing is proved; what was found is reported"
                            : "Ending: nothing more is begun, what was done is audited now, and the report follows");
        });
        try {
            if (running.isPresent() && ended.await(REPORTED_WITHIN_MINUTES, TimeUnit.MINUTES)) {
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(Outcome outcome, ProofFolder folder) throws IOException {
        String text = TextReport.of(outcome);
        terminal.line(text);
        Files.writeString(folder.text(), text);
        Files.writeString(folder.page(), HtmlReport.of(outcome, folder));
        PrivateFile.write(folder.verdict(), JsonReport.of(outcome));
        terminal.line("The report: " + folder.page());
    }

    private ProofPlan plan() {
        return new ProofPlan(
                duration("--duration", duration),
                kinds(),
                Duration.ofMillis(faultIntervalMillis),
                rate,
                users,
                seed == null ? new SecureRandom().nextInt(1_000_000) : seed,
                works(),
                duration("--settle", settle));
    }

    private static Duration duration(String option, String text) {
        Matcher found = DURATION.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException(
                    option + " takes seconds, minutes or hours, such as 90s, and got " + text);
        }
        long count = Long.parseLong(found.group(1));
        return switch (found.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    private List<FaultKind> kinds() {
        if (faults.equals("none")) {
            return List.of();
        }
        if (faults.equals("all-possible")) {
            return List.of(FaultKind.values());
        }
        List<FaultKind> kinds = new ArrayList<>();
        for (String name : faults.split(",")) {
            kinds.add(FaultKind.named(name.strip())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--faults knows " + FaultKind.labels() + " and none, and got " + name)));
        }
        return kinds;
    }

    private Set<String> works() {
        if (work.isBlank()) {
            return Set.copyOf(Crowd.WORKS);
        }
        Set<String> chosen = new LinkedHashSet<>(Arrays.asList(work.split(",")));
        if (!Crowd.WORKS.containsAll(chosen)) {
            throw new IllegalArgumentException("--work knows " + String.join(", ", Crowd.WORKS) + ", and got " + work);
        }
        return chosen;
    }
}
