package dev.drover.bench.row;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Peer;
import dev.drover.bench.suite.Service;
import dev.drover.bench.work.Flags;

/** Jobs that wait in a paused queue, and then are worked on until none is left: leased, handed to a handler that does nothing, completed, kept. */
public final class Processing implements Row {

    private static final int JOBS_A_SECOND = 10_000;
    private static final int HANDS = 100;

    /** One whose jobs nobody is told of, as BullMQ's, and one whose jobs' owners are. */
    private static final int OWN_CREWS = 2;

    private final boolean withPeer;

    public Processing(boolean withPeer) {
        this.withPeer = withPeer;
    }

    @Override
    public String id() {
        return "process";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()))) {
            List<Crew> crews = new ArrayList<>();
            Crew quiet = ours(drover);
            crews.add(quiet);
            crews.add(quiet.telling());
            if (withPeer) {
                try (Peer peer = Peer.start(plan.home(), plan.data().resolve(id()))) {
                    crews.add(theirs(peer));
                    compare(plan, report, crews);
                }
            } else {
                compare(plan, report, crews);
            }
        }
    }

    private static Crew ours(Drover drover) throws IOException {
        Instance auth = drover.start(Service.AUTH);
        Map<String, String> workers =
                Map.of("DROVER_JOBS_WORKER_CONCURRENCY", Integer.toString(HANDS), "DROVER_JOBS_WORKER_CPU_MAX", "100");
        Instance jobs = drover.start(Service.JOBS, workers, List.of()).awaitReady();
        URI redis = drover.redis().url();
        Account admin = Flags.promote(redis, auth.base(), Account.signUp(auth.base(), "bench"));
        return new Crew(
                "Drover",
                jobs.base(),
                admin,
                "default",
                Crew.NOTHING,
                redis,
                Crew.DROVERS_KEYS,
                List.of(jobs.pid()),
                drover.redis().pid());
    }

    private static Crew theirs(Peer peer) throws IOException {
        Instance api = peer.api();
        Instance worker = peer.worker("bench", HANDS);
        return new Crew(
                "peer",
                api.base(),
                Account.signUp(api.base(), "bench"),
                "bench",
                "{\"queue\":\"bench\",\"type\":\"nothing\",\"payload\":{\"n\":1}}",
                peer.redis().url(),
                List.of("bull:bench:wait", "bull:bench:paused", "bull:bench:active"),
                List.of(api.pid(), worker.pid()),
                peer.redis().pid());
    }

    private void compare(Plan plan, Report report, List<Crew> crews) throws IOException {
        int jobs = (int) (plan.each().toSeconds() * JOBS_A_SECOND / Crew.BULK) * Crew.BULK;
        Map<Crew, List<double[]>> taken = new LinkedHashMap<>();
        for (Crew crew : crews) {
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < plan.warmUp().toNanos()) {
                crew.work(jobs);
            }
            taken.put(crew, new ArrayList<>());
        }
        for (int i = 0; i < plan.repetitions(); i++) {
            for (Crew crew : i % 2 == 0 ? crews : crews.reversed()) {
                taken.get(crew).add(crew.work(jobs).ofTheWork());
            }
        }
        Map<Crew, Turns.Seen> seen = new LinkedHashMap<>();
        taken.forEach((crew, all) -> seen.put(
                crew,
                new Turns.Seen(
                        report.figure(id(), crew.name(), "throughput", "jobs/s", Turns.column(all, 0)),
                        report.figure(id(), crew.name(), "processor of the service", "µs a job", Turns.column(all, 1)),
                        report.figure(id(), crew.name(), "processor of Redis", "µs a job", Turns.column(all, 2)))));
        show(report, jobs, new ArrayList<>(seen.values()));
    }

    private static void show(Report report, int jobs, List<Turns.Seen> seen) {
        List<Turns.Seen> peer = seen.subList(OWN_CREWS, seen.size());
        show(report, jobs, "nobody is told of", seen.get(0), peer);
        show(report, jobs, "whose owner is told of each", seen.get(1), peer);
    }

    private static void show(Report report, int jobs, String which, Turns.Seen own, List<Turns.Seen> others) {
        List<Object> cells = new ArrayList<>(List.of(which, own.rate(), own.cpuMicros(), own.redisMicros()));
        if (!others.isEmpty()) {
            Turns.Seen peer = others.getFirst();
            cells.addAll(List.of(
                    peer.rate(),
                    peer.cpuMicros(),
                    peer.redisMicros(),
                    own.rate().over(peer.rate()) + " ×",
                    peer.cpuMicros().over(own.cpuMicros()) + " ×"));
        } else {
            cells.addAll(List.of("–", "–", "–", "–", "–"));
        }
        cells.add("≥ 3 ×");
        report.table(
                        "Jobs, processed",
                        "%,d jobs that wait, worked on by one process with %d hands until none is left, and until all owners are told who are; the handler does nothing. The append-only file is on, results are kept on both sides."
                                .formatted(jobs, HANDS),
                        "jobs",
                        "jobs/s",
                        "service µs a job",
                        "Redis µs a job",
                        "BullMQ jobs/s",
                        "BullMQ µs",
                        "Redis µs",
                        "× peer",
                        "× peer per core",
                        "aim")
                .row(cells.toArray());
    }
}
