package dev.drover.bench.row;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.HdrHistogram.Histogram;

import dev.drover.bench.live.Crowd;
import dev.drover.bench.live.DroverLanguage;
import dev.drover.bench.live.SocketIoLanguage;
import dev.drover.bench.machine.Processes;
import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Peer;
import dev.drover.bench.suite.Service;

/** A message for many sockets on two instances, at the same even rate on both sides. */
public final class FanOut implements Row {

    private static final int SUBSCRIBERS = 200;
    private static final double MESSAGES_A_SECOND = 50;
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final boolean withPeer;

    public FanOut(boolean withPeer) {
        this.withPeer = withPeer;
    }

    @Override
    public String id() {
        return "fan-out";
    }

    private record Hall(String name, Crowd.Language language, List<URI> bases, List<Long> servers, long redisPid) {}

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()))) {
            List<Hall> halls = new ArrayList<>();
            Instance auth = drover.start(Service.AUTH);
            Instance one = drover.start(Service.REALTIME);
            Instance other = drover.start(Service.REALTIME);
            double idle = one.residentMebibytes();
            Account account = Account.signUp(auth.base(), "bench");
            halls.add(hall(
                    "Drover",
                    new DroverLanguage(account.token()),
                    one,
                    other,
                    drover.redis().pid()));
            if (withPeer) {
                try (Peer peer = Peer.start(plan.home(), plan.data().resolve(id()))) {
                    halls.add(hall(
                            "peer",
                            new SocketIoLanguage(),
                            peer.live(),
                            peer.live(),
                            peer.redis().pid()));
                    compare(plan, report, halls);
                }
            } else {
                compare(plan, report, halls);
            }
            Memory.row(plan, report, Service.REALTIME, idle, one.residentMebibytes(), "fan-out");
        }
    }

    private static Hall hall(String name, Crowd.Language language, Instance one, Instance other, long redis) {
        return new Hall(name, language, List.of(one.base(), other.base()), List.of(one.pid(), other.pid()), redis);
    }

    private void compare(Plan plan, Report report, List<Hall> halls) throws IOException {
        Map<Hall, List<double[]>> taken = new LinkedHashMap<>();
        for (Hall hall : halls) {
            once(hall, plan.warmUp(), "warm");
            taken.put(hall, new ArrayList<>());
        }
        for (int i = 0; i < plan.repetitions(); i++) {
            for (Hall hall : i % 2 == 0 ? halls : halls.reversed()) {
                taken.get(hall).add(once(hall, plan.each(), "run-" + i));
            }
        }
        List<Figures[]> seen = new ArrayList<>();
        taken.forEach((hall, all) -> seen.add(new Figures[] {
            report.figure(id(), hall.name(), "processor of the services", "µs a delivery", Turns.column(all, 0)),
            report.figure(id(), hall.name(), "processor of Redis", "µs a delivery", Turns.column(all, 1)),
            report.figure(id(), hall.name(), "latency p50", "ms", Turns.column(all, 2)),
            report.figure(id(), hall.name(), "latency p99", "ms", Turns.column(all, 3))
        }));
        show(report, seen);
    }

    private static void show(Report report, List<Figures[]> seen) {
        Figures[] own = seen.getFirst();
        List<Object> cells = new ArrayList<>(List.of(own[0], own[1], own[2], own[3]));
        if (seen.size() > 1) {
            Figures[] peer = seen.get(1);
            cells.addAll(List.of(peer[0], peer[1], peer[2], peer[3], own[0].over(peer[0]) + " of the peer's"));
        } else {
            cells.addAll(List.of("–", "–", "–", "–", "–"));
        }
        cells.add("≤ 0.33, p99 lower");
        report.table(
                        "Live messages",
                        "%d subscribers of one channel on two instances, %.0f messages a second, published over WebSocket in turn at both. Drover's have a place in a history that is kept, socket.io's with its Redis adapter have none."
                                .formatted(SUBSCRIBERS, MESSAGES_A_SECOND),
                        "service µs a delivery",
                        "Redis µs",
                        "p50 ms",
                        "p99 ms",
                        "socket.io µs",
                        "Redis µs",
                        "p50 ms",
                        "p99 ms",
                        "processor",
                        "aim")
                .row(cells.toArray());
    }

    private static double[] once(Hall hall, Duration lasting, String name) throws IOException {
        String channel = "public:fan-out-" + name;
        try (Crowd crowd = new Crowd()) {
            for (int i = 0; i < SUBSCRIBERS; i++) {
                crowd.open(hall.language(), hall.bases().get(i % 2), channel);
            }
            List<Crowd.Member> publishers = List.of(
                    crowd.open(hall.language(), hall.bases().getFirst(), null),
                    crowd.open(hall.language(), hall.bases().getLast(), null));
            crowd.awaitJoined(SUBSCRIBERS, WITHIN);
            double servers = Processes.cpuSeconds(hall.servers());
            double redis = Processes.cpuSeconds(List.of(hall.redisPid()));
            long messages = crowd.publish(hall.language(), publishers, channel, MESSAGES_A_SECOND, lasting);
            crowd.awaitReceived(messages * SUBSCRIBERS, WITHIN);
            double micros = 1e6 / (messages * SUBSCRIBERS);
            Histogram waits = crowd.waits();
            return new double[] {
                (Processes.cpuSeconds(hall.servers()) - servers) * micros,
                (Processes.cpuSeconds(List.of(hall.redisPid())) - redis) * micros,
                waits.getValueAtPercentile(50) / 1e3,
                waits.getValueAtPercentile(99) / 1e3
            };
        }
    }
}
