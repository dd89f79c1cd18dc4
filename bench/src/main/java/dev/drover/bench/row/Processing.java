package dev.drover.bench.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** Of both sides. */
    private static final int HANDS = 100;

    /** As many as a worker of Drover's may have. */
    private static final int MANY_HANDS = 1_000;

    private final boolean withPeer;

    public Processing(boolean withPeer) {
        this.withPeer = withPeer;
    }

    /** Who works, with how many hands, on which jobs. */
    private record Workers(Crew crew, int hands, String jobs) {}

    @Override
    public String id() {
        return "process";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()))) {
            Instance auth = drover.start(Service.AUTH);
            Account admin = Flags.promote(drover.redis().url(), auth.base(), Account.signUp(auth.base(), "bench"));
            Crew own = ours(drover, admin, "default", HANDS);
            Crew many = ours(drover, admin, "many", MANY_HANDS);
            List<Workers> workers = new ArrayList<>(List.of(
                    new Workers(own, HANDS, "nobody is told of"),
                    new Workers(own.telling(), HANDS, "whose owner is told of each"),
                    new Workers(many, MANY_HANDS, "nobody is told of")));
            if (withPeer) {
                try (Peer peer = Peer.start(plan.home(), plan.data().resolve(id()))) {
                    compare(plan, report, workers, Optional.of(new Workers(theirs(peer), HANDS, "BullMQ's")));
                }
            } else {
                compare(plan, report, workers, Optional.empty());
            }
        }
    }

    private static Crew ours(Drover drover, Account admin, String queue, int hands) throws IOException {
        Map<String, String> workers = Map.of(
                "DROVER_JOBS_WORKER_QUEUES",
                queue,
                "DROVER_JOBS_WORKER_CONCURRENCY",
                Integer.toString(hands),
                "DROVER_JOBS_WORKER_CPU_MAX",
                "100");
        Instance jobs = drover.start(Service.JOBS, workers);
        return new Crew(
                "Drover, " + hands + " hands",
                jobs.base(),
                admin,
                queue,
                Crew.nothing(queue),
                drover.redis().url(),
                Crew.unfinished(queue),
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

    private void compare(Plan plan, Report report, List<Workers> own, Optional<Workers> peer) throws IOException {
        List<Workers> all = new ArrayList<>(own);
        peer.ifPresent(all::add);
        int jobs = (int) (plan.each().toSeconds() * JOBS_A_SECOND / Crew.BULK) * Crew.BULK;
        Map<Workers, List<double[]>> taken = new LinkedHashMap<>();
        for (Workers workers : all) {
            workers.crew().warmUp(plan, jobs);
            taken.put(workers, new ArrayList<>());
        }
        for (int i = 0; i < plan.repetitions(); i++) {
            for (Workers workers : i % 2 == 0 ? all : all.reversed()) {
                taken.get(workers).add(workers.crew().work(jobs).ofTheWork());
            }
        }
        Map<Workers, Turns.Seen> seen = new LinkedHashMap<>();
        taken.forEach((workers, figures) -> {
            String name = workers.crew().name();
            seen.put(
                    workers,
                    new Turns.Seen(
                            report.figure(id(), name, "throughput", "jobs/s", Turns.column(figures, 0)),
                            report.figure(id(), name, "processor of the service", "µs a job", Turns.column(figures, 1)),
                            report.figure(id(), name, "processor of Redis", "µs a job", Turns.column(figures, 2))));
        });
        for (Workers workers : own) {
            show(report, jobs, workers, seen.get(workers), peer.map(seen::get));
        }
    }

    private static void show(Report report, int jobs, Workers workers, Turns.Seen own, Optional<Turns.Seen> others) {
        List<Object> cells = new ArrayList<>(
                List.of(workers.jobs(), workers.hands(), own.rate(), own.cpuMicros(), own.redisMicros()));
        others.ifPresentOrElse(
                peer -> cells.addAll(List.of(
                        peer.rate(),
                        peer.cpuMicros(),
                        peer.redisMicros(),
                        own.rate().over(peer.rate()) + " ×",
                        peer.cpuMicros().over(own.cpuMicros()) + " ×")),
                () -> cells.addAll(List.of("–", "–", "–", "–", "–")));
        cells.add("≥ 3 ×, 50,000/s");
        report.table(
                        "Jobs, processed",
                        ("%,d jobs that wait, worked on by one process with so many hands until none is left, and until all owners are told "
                                        + "who are; the handler does nothing. BullMQ has %d hands. The append-only file is on, results are kept on both sides.")
                                .formatted(jobs, HANDS),
                        "jobs",
                        "hands",
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
