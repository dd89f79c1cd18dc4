package dev.drover.bench.row;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.drover.bench.load.ClosedLoop;
import dev.drover.bench.load.ClosedLoop.Turn;
import dev.drover.bench.load.HttpCall;
import dev.drover.bench.load.Refused;
import dev.drover.bench.machine.Processes;
import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;
import dev.drover.bench.work.Endpoint;
import dev.drover.stores.EmbeddedRedis;
import dev.drover.stores.EmbeddedRedisCluster;

/** Writes of many accounts over a Redis Cluster of one primary and of three: whether the work of Redis spreads, and what the cluster costs. */
public final class Primaries implements Row {

    private static final int ACCOUNTS = 16;
    private static final int[] COUNTS = {1, 3};

    @Override
    public String id() {
        return "primaries";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        for (int count : COUNTS) {
            Path data = plan.data().resolve(id() + count);
            if (count == 1) {
                try (Drover drover = Drover.start(plan.home(), data)) {
                    measure(plan, report, drover, List.of(drover.redis()), "1");
                }
            } else {
                try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.start(data.resolve("cluster"), count, 0);
                        Drover drover = Drover.on(cluster.urls(), plan.home(), data)) {
                    measure(plan, report, drover, cluster.primaries(), Integer.toString(count));
                }
            }
        }
    }

    private void measure(Plan plan, Report report, Drover drover, List<EmbeddedRedis> primaries, String name)
            throws IOException {
        Instance auth = drover.start(Service.AUTH);
        Instance profile = drover.start(Service.PROFILE);
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            turns.add(writing(Endpoint.PROFILE_PUT.call(Account.signUp(auth.base(), "bench" + i), "run")));
        }
        List<Long> pids = primaries.stream().map(EmbeddedRedis::pid).toList();
        Side side = new Side(
                name + " primaries", profile.base(), HttpCall.get("/"), List.of(profile.pid()), pids.getFirst());
        double[][] spent = {new double[pids.size()]};
        Turns.Load load = (one, lasting) -> {
            double[] before = cpu(pids);
            var loaded = ClosedLoop.run(List.of(one.base()), turns, lasting);
            double[] after = cpu(pids);
            for (int i = 0; i < before.length; i++) {
                spent[0][i] = (after[i] - before[i]) * 1e6 / loaded.answers();
            }
            return loaded;
        };
        Turns.Seen seen =
                new Turns(plan, report).throughput(id(), List.of(side), load).get(side);
        double[] last = spent[0];
        report.table(
                        "Redis primaries",
                        "`PUT /profiles/me` of " + ACCOUNTS
                                + " accounts over one Redis and over a cluster of three. On this machine they share the cores; what "
                                + "a primary spends on a request says how it scales.",
                        "primaries",
                        "answers/s",
                        "service µs",
                        "busiest primary µs an answer",
                        "all of them")
                .row(name, seen.rate(), seen.cpuMicros(), Figures.shown(max(last)), Figures.shown(sum(last)));
    }

    private static Turn writing(HttpCall call) {
        long[] number = {0};
        return connection -> {
            int status = connection.send(call, ++number[0]);
            if (status != 200) {
                throw new Refused("a profile was refused, " + status + ": " + connection.body());
            }
        };
    }

    private static double[] cpu(List<Long> pids) {
        return pids.stream()
                .mapToDouble(pid -> Processes.cpuSeconds(List.of(pid)))
                .toArray();
    }

    private static double max(double[] values) {
        return new Figures(values).high();
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
