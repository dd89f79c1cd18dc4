package dev.drover.bench.row;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import dev.drover.bench.load.ClosedLoop;
import dev.drover.bench.load.HttpCall;
import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;
import dev.drover.bench.work.Endpoint;

/** The same load over one, two and four instances: on this machine's cores more of them bring no more, and should cost no more either. */
public final class Replicas implements Row {

    private static final int[] COUNTS = {1, 2, 4};
    private static final int CONNECTIONS = Limits.CONNECTIONS;

    @Override
    public String id() {
        return "replicas";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()))) {
            Instance auth = drover.start(Service.AUTH);
            Account account = Account.signUp(auth.base(), "bench");
            HttpCall call = Endpoint.PROFILE.call(account, "run");
            List<Instance> instances = new ArrayList<>();
            Figures one = null;
            for (int count : COUNTS) {
                while (instances.size() < count) {
                    instances.add(drover.start(Service.PROFILE));
                }
                List<URI> bases = instances.stream().map(Instance::base).toList();
                List<Long> pids = instances.stream().map(Instance::pid).toList();
                Side side = new Side(
                        count + (count == 1 ? " instance" : " instances"),
                        auth.base(),
                        call,
                        pids,
                        drover.redis().pid());
                Turns.Seen seen = new Turns(plan, report)
                        .throughput(
                                id(),
                                List.of(side),
                                (ignored, lasting) -> ClosedLoop.over(bases, call, CONNECTIONS, lasting))
                        .get(side);
                one = one == null ? seen.perCoreSecond() : one;
                show(report, count, seen, one);
            }
        }
    }

    private static void show(Report report, int count, Turns.Seen seen, Figures one) {
        report.table(
                        "Replicas",
                        ("`GET /profiles/me` by JWT, %d connections spread evenly. Generator, Redis and instances share the cores, so it is "
                                        + "the answers in a second of the instances' processor time that say how it scales.")
                                .formatted(CONNECTIONS),
                        "instances",
                        "answers/s",
                        "answers in a core-second",
                        "of one instance's",
                        "Redis µs an answer")
                .row(
                        count,
                        seen.rate(),
                        seen.perCoreSecond(),
                        Figures.shown(seen.perCoreSecond().median() / one.median() * 100) + " %",
                        seen.redisMicros());
    }
}
