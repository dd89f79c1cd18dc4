package dev.drover.bench.row;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.drover.bench.load.HttpCall;
import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;
import dev.drover.bench.work.Endpoint;
import dev.drover.stores.RedisTalk;
import dev.drover.stores.process.Programs;

/** What nothing that is built of these parts can exceed on this machine. */
public final class Limits implements Row {

    static final int CONNECTIONS = Endpoint.CONNECTIONS;
    private static final int VALUE_BYTES = 200;

    private static final Pattern RATE = Pattern.compile("[A-Z]+: ([0-9.]+) requests per second");
    private static final Pattern SPEED =
            Pattern.compile("ecdsa \\(nistp256\\)\\s+\\S+\\s+\\S+\\s+([0-9.]+)\\s+([0-9.]+)");

    @Override
    public String id() {
        return "limits";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException, InterruptedException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve("limits"))) {
            int port = drover.redis().port();
            // What redis-benchmark reads, which it would find empty.
            RedisTalk.ask(drover.redis().url(), "SET", "key:__rand_int__", "x".repeat(VALUE_BYTES));
            redis(plan, report, port, 1);
            redis(plan, report, port, 16);
            bare(plan, report, drover);
        }
        showHashes(plan, report);
        signatures(report);
    }

    private static void row(Report report, String what, Figures perSecond, String how) {
        report.figure("limits", "limit", what, "/s", perSecond);
        report.table(
                        "Limits",
                        "Nothing that is built of these parts does more on this machine.",
                        "what",
                        "per second",
                        "how")
                .row(what, perSecond, how);
    }

    private static void redis(Plan plan, Report report, int port, int pipeline) throws IOException {
        String what = "Redis GET" + (pipeline > 1 ? ", " + pipeline + " in a pipeline" : "");
        if (Programs.find("redis-benchmark").isEmpty()) {
            report.missing(what, "there is no redis-benchmark on the PATH");
            return;
        }
        double[] rates = new double[plan.repetitions()];
        long requests = plan.each().toSeconds() * (pipeline > 1 ? 500_000 : 50_000);
        for (int i = 0; i < rates.length; i++) {
            rates[i] = raw(port, "get", pipeline, requests);
        }
        row(report, what, new Figures(rates), "redis-benchmark, " + CONNECTIONS + " connections, values of 200 bytes");
    }

    /** What redis-benchmark gets out of that Redis in a second. */
    static double raw(int port, String command, int pipeline, long requests) throws IOException {
        Matcher rate = RATE.matcher(said(List.of(
                "redis-benchmark",
                "-p",
                Integer.toString(port),
                "-t",
                command,
                "-q",
                "-d",
                Integer.toString(VALUE_BYTES),
                "-c",
                Integer.toString(CONNECTIONS),
                "-P",
                Integer.toString(pipeline),
                "-n",
                Long.toString(requests))));
        double last = 0;
        while (rate.find()) {
            last = Double.parseDouble(rate.group(1));
        }
        return last;
    }

    /** In turn, because what a virtual thread costs is the difference of the two. */
    private static void bare(Plan plan, Report report, Drover drover) throws IOException {
        Instance bare = drover.start(Service.BARE);
        Map<Side, String> sides = new LinkedHashMap<>();
        sides.put(asking(bare, drover, "bare endpoint", "/bare"), "on a virtual thread");
        sides.put(asking(bare, drover, "bare endpoint, reactive", "/bare/reactive"), "on the event loop");
        Turns turns = new Turns(plan, report);
        turns.throughput("bare", List.copyOf(sides.keySet()), turns.closed(CONNECTIONS))
                .forEach((side, seen) -> {
                    row(
                            report,
                            side.name(),
                            seen.rate(),
                            "Quarkus REST " + sides.get(side) + ", 200 bytes, nothing else, " + CONNECTIONS
                                    + " connections");
                    row(
                            report,
                            side.name() + ", per core-second of the service",
                            seen.perCoreSecond(),
                            "the same, by processor time");
                });
    }

    private static Side asking(Instance bare, Drover drover, String name, String path) {
        return new Side(
                name,
                bare.base(),
                HttpCall.get(path),
                List.of(bare.pid()),
                drover.redis().pid());
    }

    private static void showHashes(Plan plan, Report report) throws IOException {
        List<double[]> all = hashes(plan);
        row(report, "Argon2id", Turns.column(all, 0), "m=19456 KiB, t=2, p=1 by BouncyCastle, a thread for each core");
        report.figure("limits", "limit", "processor for a hash", "ms", Turns.column(all, 1));
    }

    /** Nothing else, in a JVM with the flags and the heap of auth-service: hashes a second, milliseconds of processor time of one. */
    static List<double[]> hashes(Plan plan) throws IOException {
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < plan.repetitions(); i++) {
            String[] said = said(hashing(plan)).lines().toList().getLast().split(" ");
            all.add(new double[] {Double.parseDouble(said[0]), Double.parseDouble(said[1])});
        }
        return all;
    }

    private static List<String> hashing(Plan plan) {
        List<String> command = new ArrayList<>(Service.AUTH.command(plan.home(), List.of()));
        Path here = Path.of(Argon2Loop.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        command.set(command.size() - 2, here + File.pathSeparator + command.get(command.size() - 2));
        command.set(command.size() - 1, Argon2Loop.class.getName());
        command.add(Long.toString(plan.each().toSeconds()));
        return command;
    }

    private static void signatures(Report report) throws IOException {
        if (Programs.find("openssl").isEmpty()) {
            report.missing("ES256", "there is no openssl on the PATH");
            return;
        }
        Matcher speed = SPEED.matcher(said(List.of("openssl", "speed", "-seconds", "2", "ecdsap256")));
        if (speed.find()) {
            row(report, "ES256 signed", new Figures(Double.parseDouble(speed.group(1))), "openssl speed, one core");
            row(report, "ES256 verified", new Figures(Double.parseDouble(speed.group(2))), "openssl speed, one core");
        }
    }

    static String said(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.replace('\r', '\n');
    }
}
