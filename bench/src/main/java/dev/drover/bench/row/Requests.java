package dev.drover.bench.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.HdrHistogram.Histogram;

import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.report.Table;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Peer;
import dev.drover.bench.suite.Service;
import dev.drover.bench.work.Endpoint;
import dev.drover.bench.work.Flags;

/** One kind of request, beside the peer's. */
public final class Requests implements Row {

    private static final int CONNECTIONS = Limits.CONNECTIONS;
    private static final String NOTE = "One instance of the service, " + CONNECTIONS
            + " connections, 4 of bulks (closed loop). *Per core* compares answers in a second of the servers' processor time, "
            + "Redis's left out on both sides. Latency is at a fixed rate, the same for both: half of the slower one's throughput "
            + "(open loop, from when a request was due).";

    private final Endpoint endpoint;
    private final boolean withPeer;

    public Requests(Endpoint endpoint, boolean withPeer) {
        this.endpoint = endpoint;
        this.withPeer = withPeer;
    }

    @Override
    public String id() {
        return endpoint.id();
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()))) {
            List<Side> sides = new ArrayList<>();
            Instance auth = drover.start(Service.AUTH);
            Instance service = endpoint.service() == Service.AUTH ? auth : drover.start(endpoint.service());
            double idle = service.residentMebibytes();
            Account account = Account.signUp(auth.base(), "bench");
            if (endpoint == Endpoint.FLAGS) {
                account = Flags.define(drover.redis().url(), auth.base(), service.base(), account);
            }
            sides.add(new Side(
                    "Drover",
                    service.base(),
                    endpoint.call(account, auth.base(), "run"),
                    List.of(service.pid()),
                    drover.redis().pid()));
            if (withPeer && endpoint.isAlsoThePeers()) {
                try (Peer peer = Peer.start(plan.home(), plan.data().resolve(id()))) {
                    Instance api = peer.api();
                    Account theirs = Account.signUp(api.base(), "bench");
                    sides.add(new Side(
                            "peer",
                            api.base(),
                            endpoint.call(theirs, api.base(), "run"),
                            List.of(api.pid()),
                            peer.redis().pid()));
                    compare(plan, report, sides);
                }
            } else {
                compare(plan, report, sides);
            }
            Memory.row(plan, report, endpoint.service(), idle, service.residentMebibytes(), endpoint.title());
        }
    }

    private void compare(Plan plan, Report report, List<Side> sides) throws IOException {
        Turns turns = new Turns(plan, report);
        Map<Side, Turns.Seen> seen = turns.throughput(id(), sides, turns.closed(endpoint.connections()));
        Map<Side, Histogram> waits = turns.latency(id(), seen, CONNECTIONS);
        Side ours = sides.getFirst();
        Turns.Seen own = seen.get(ours);
        List<Object> cells = new ArrayList<>(List.of(
                "`" + endpoint.title() + "`", own.rate(), own.cpuMicros(), own.redisMicros(), shown(waits.get(ours))));
        if (sides.size() > 1) {
            Side theirs = sides.get(1);
            Turns.Seen peer = seen.get(theirs);
            Figures perCore = peer.cpuMicros().over(own.cpuMicros());
            report.figure(id(), "ratio", "per core", "×", perCore);
            cells.addAll(List.of(
                    peer.rate(),
                    peer.cpuMicros(),
                    shown(waits.get(theirs)),
                    own.rate().over(peer.rate()) + " ×",
                    perCore + " ×"));
        } else {
            cells.addAll(List.of("–", "–", "–", "–", "–"));
        }
        cells.add(endpoint.target().map(target -> "≥ " + target + " ×").orElse("–"));
        table(report).row(cells.toArray());
    }

    static Table table(Report report) {
        return report.table(
                "Requests",
                NOTE,
                "request",
                "answers/s",
                "service µs",
                "Redis µs",
                "p50 / p99 ms",
                "peer answers/s",
                "peer µs",
                "peer p50 / p99 ms",
                "× peer",
                "× peer per core",
                "aim");
    }

    static String shown(Histogram micros) {
        return String.format(
                Locale.ROOT,
                "%.1f / %.1f",
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3);
    }
}
