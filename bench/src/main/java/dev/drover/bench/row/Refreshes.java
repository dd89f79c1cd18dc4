package dev.drover.bench.row;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.drover.bench.load.ClosedLoop;
import dev.drover.bench.load.ClosedLoop.Turn;
import dev.drover.bench.load.HttpCall;
import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Peer;
import dev.drover.bench.suite.Service;
import dev.drover.bench.work.Trading;

/** Sessions that trade their refresh tokens, each on a connection of its own. */
public final class Refreshes implements Row {

    private static final int SESSIONS = 16;

    private final boolean withPeer;

    public Refreshes(boolean withPeer) {
        this.withPeer = withPeer;
    }

    @Override
    public String id() {
        return "refresh";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()))) {
            Map<Side, List<Turn>> work = new HashMap<>();
            List<Side> sides = new ArrayList<>();
            Instance auth = drover.start(Service.AUTH);
            sides.add(side("Drover", auth, drover.redis().pid(), work));
            if (withPeer) {
                try (Peer peer = Peer.start(plan.home(), plan.data().resolve(id()))) {
                    sides.add(side("peer", peer.api(), peer.redis().pid(), work));
                    compare(plan, report, sides, work);
                }
            } else {
                compare(plan, report, sides, work);
            }
        }
    }

    private static Side side(String name, Instance instance, long redis, Map<Side, List<Turn>> work)
            throws IOException {
        URI base = instance.base();
        Account account = Account.signUp(base, "bench");
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            turns.add(new Trading(account.logIn(base).refreshToken()));
        }
        Side side = new Side(name, base, HttpCall.get("/auth/refresh"), List.of(instance.pid()), redis);
        work.put(side, turns);
        return side;
    }

    private void compare(Plan plan, Report report, List<Side> sides, Map<Side, List<Turn>> work) throws IOException {
        Map<Side, Turns.Seen> seen = new Turns(plan, report)
                .throughput(
                        id(), sides, (side, lasting) -> ClosedLoop.run(List.of(side.base()), work.get(side), lasting));
        Turns.Seen own = seen.get(sides.getFirst());
        List<Object> cells = new ArrayList<>(List.of(
                "`POST /auth/refresh`, " + SESSIONS + " sessions",
                own.rate(),
                own.cpuMicros(),
                own.redisMicros(),
                "–"));
        if (sides.size() > 1) {
            Turns.Seen peer = seen.get(sides.get(1));
            Figures perCore = peer.cpuMicros().over(own.cpuMicros());
            report.figure(id(), "ratio", "per core", "×", perCore);
            cells.addAll(
                    List.of(peer.rate(), peer.cpuMicros(), "–", own.rate().over(peer.rate()) + " ×", perCore + " ×"));
        } else {
            cells.addAll(List.of("–", "–", "–", "–", "–"));
        }
        cells.add("> 120/s a core");
        Requests.table(report).row(cells.toArray());
    }
}
