package dev.drover.bench.row;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

    private static final Duration WITHIN = Duration.ofSeconds(120);
    private static final int OPENED_AT_ONCE = 50;

    /** The one that is compared with the peer. */
    private static final Shape HALL = new Shape("fan-out", 200, 1, 50);

    private static final Shape CROWD = new Shape("fan-out-crowd", 2_000, 1, 5);
    private static final Shape ROOMS = new Shape("fan-out-rooms", 2_000, 200, 500);

    /**
     * At 50 messages a second it takes a JVM minutes to see the way of a message often enough to compile it. So half of the warm-up is many
     * messages for few.
     */
    private static final Shape HURRY = new Shape("fan-out-hurry", 20, 1, 300);

    private final Shape shape;
    private final boolean withPeer;

    private FanOut(Shape shape, boolean withPeer) {
        this.shape = shape;
        this.withPeer = withPeer;
    }

    public static List<Row> all(boolean withPeer) {
        return List.of(new FanOut(HALL, withPeer), new FanOut(CROWD, false), new FanOut(ROOMS, false));
    }

    /** Who follows what: as many in each channel. */
    private record Shape(String id, int subscribers, int channels, double messagesASecond) {

        int inEach() {
            return subscribers / channels;
        }

        List<String> channels(String run) {
            return IntStream.range(0, channels)
                    .mapToObj(i -> "public:" + id + "-" + run + "-" + i)
                    .toList();
        }
    }

    @Override
    public String id() {
        return shape.id();
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
            Memory.row(plan, report, Service.REALTIME, idle, one.residentMebibytes(), id());
        }
    }

    private static Hall hall(String name, Crowd.Language language, Instance one, Instance other, long redis) {
        return new Hall(name, language, List.of(one.base(), other.base()), List.of(one.pid(), other.pid()), redis);
    }

    private void compare(Plan plan, Report report, List<Hall> halls) throws IOException {
        Map<Hall, List<double[]>> taken = new LinkedHashMap<>();
        for (Hall hall : halls) {
            once(HURRY, hall, plan.warmUp().dividedBy(2), "hurry");
            once(shape, hall, plan.warmUp().dividedBy(2), "warm");
            taken.put(hall, new ArrayList<>());
        }
        for (int i = 0; i < plan.repetitions(); i++) {
            for (Hall hall : i % 2 == 0 ? halls : halls.reversed()) {
                taken.get(hall).add(once(shape, hall, plan.each(), "run-" + i));
            }
        }
        List<Figures[]> seen = new ArrayList<>();
        taken.forEach((hall, all) -> seen.add(new Figures[] {
            report.figure(id(), hall.name(), "processor of the services", "µs a delivery", Turns.column(all, 0)),
            report.figure(id(), hall.name(), "processor of Redis", "µs a delivery", Turns.column(all, 1)),
            report.figure(id(), hall.name(), "latency p50", "ms", Turns.column(all, 2)),
            report.figure(id(), hall.name(), "latency p99", "ms", Turns.column(all, 3)),
            report.figure(
                    id(), hall.name(), "of the services' processor, compiling", "µs a delivery", Turns.column(all, 4))
        }));
        show(report, seen);
    }

    private void show(Report report, List<Figures[]> seen) {
        Figures[] own = seen.getFirst();
        List<Object> cells = new ArrayList<>(List.of(own[0], own[4], own[1], own[2], own[3]));
        if (seen.size() > 1) {
            Figures[] peer = seen.get(1);
            cells.addAll(List.of(peer[0], peer[1], peer[2], peer[3], own[0].over(peer[0]) + " of the peer's"));
        } else {
            cells.addAll(List.of("–", "–", "–", "–", "–"));
        }
        cells.add(shape.equals(HALL) ? "≤ 0.33, p99 lower" : "–");
        report.table(
                        "Live messages: %,d subscribers in %,d %s"
                                .formatted(
                                        shape.subscribers(),
                                        shape.channels(),
                                        shape.channels() == 1 ? "channel" : "channels"),
                        ("On two instances, %.0f messages a second, published over WebSocket in turn at both. Drover's have a place in a "
                                        + "history that is kept, socket.io's with its Redis adapter have none.")
                                .formatted(shape.messagesASecond()),
                        "service µs a delivery",
                        "of which compiling",
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

    private static double[] once(Shape shape, Hall hall, Duration lasting, String name) throws IOException {
        List<String> channels = shape.channels(name);
        try (Crowd crowd = new Crowd()) {
            for (int i = 0; i < shape.subscribers(); i++) {
                // Each channel's subscribers are on both instances.
                crowd.open(
                        hall.language(), hall.bases().get(i / channels.size() % 2), channels.get(i % channels.size()));
                if (i % OPENED_AT_ONCE == OPENED_AT_ONCE - 1) {
                    crowd.awaitJoined(i + 1, WITHIN);
                }
            }
            List<Crowd.Member> publishers = List.of(
                    crowd.open(hall.language(), hall.bases().getFirst(), null),
                    crowd.open(hall.language(), hall.bases().getLast(), null));
            // What is sent over a connection that is not yet made is lost with socket.io.
            crowd.awaitJoined(shape.subscribers() + publishers.size(), WITHIN);
            double servers = Processes.cpuSeconds(hall.servers());
            double compiler = Processes.compilerSeconds(hall.servers());
            double redis = Processes.cpuSeconds(List.of(hall.redisPid()));
            long messages = crowd.publish(hall.language(), publishers, channels, shape.messagesASecond(), lasting);
            long deliveries = messages * shape.inEach();
            crowd.awaitReceived(deliveries, WITHIN);
            double micros = 1e6 / deliveries;
            Histogram waits = crowd.waits();
            return new double[] {
                (Processes.cpuSeconds(hall.servers()) - servers) * micros,
                (Processes.cpuSeconds(List.of(hall.redisPid())) - redis) * micros,
                waits.getValueAtPercentile(50) / 1e3,
                waits.getValueAtPercentile(99) / 1e3,
                (Processes.compilerSeconds(hall.servers()) - compiler) * micros
            };
        }
    }
}
