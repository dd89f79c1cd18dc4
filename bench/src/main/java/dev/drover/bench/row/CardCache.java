package dev.drover.bench.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import redis.clients.jedis.Jedis;

import dev.drover.bench.load.Connection;
import dev.drover.bench.load.HttpCall;
import dev.drover.bench.machine.Processes;
import dev.drover.bench.report.Report;
import dev.drover.bench.report.Table;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;
import dev.drover.bench.work.Endpoint;

/** What the cache of cards saves: the same card when it is there and when it was taken out before each request. */
public final class CardCache implements Row {

    private record Side(String name, boolean isTakenOut) {}

    private static final List<Side> SIDES = List.of(new Side("hit", false), new Side("miss", true));

    @Override
    public String id() {
        return "card-miss";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()))) {
            Instance auth = drover.start(Service.AUTH);
            Instance profile = drover.start(Service.PROFILE);
            Account account = Account.signUp(auth.base(), "bench");
            HttpCall call = Endpoint.CARD.call(account, "run");
            List<List<double[]>> taken = List.of(new ArrayList<>(), new ArrayList<>());
            try (Connection connection = new Connection(profile.base());
                    Jedis redis = new Jedis(drover.redis().url())) {
                Asking asking =
                        new Asking(connection, redis, call, "drover:{" + account.id() + "}:card", profile.pid());
                for (Side side : SIDES) {
                    asking.once(side, plan.warmUp().toNanos());
                }
                for (int i = 0; i < plan.repetitions(); i++) {
                    for (int which : i % 2 == 0 ? List.of(0, 1) : List.of(1, 0)) {
                        taken.get(which)
                                .add(asking.once(SIDES.get(which), plan.each().toNanos()));
                    }
                }
            }
            show(report, taken);
        }
    }

    private void show(Report report, List<List<double[]>> taken) {
        Table table = report.table(
                "The cache of cards",
                "`GET /profiles/{id}`, one request after the other; for a miss the card is taken out before each.",
                "the card",
                "service µs",
                "commands of Redis",
                "mean ms");
        for (int which = 0; which < SIDES.size(); which++) {
            String name = SIDES.get(which).name();
            table.row(
                    name,
                    report.figure(id(), name, "processor of the service", "µs", Turns.column(taken.get(which), 0)),
                    report.figure(id(), name, "commands", "each", Turns.column(taken.get(which), 1)),
                    report.figure(id(), name, "time", "ms", Turns.column(taken.get(which), 2)));
        }
    }

    private record Asking(Connection connection, Jedis redis, HttpCall call, String card, long pid) {

        double[] once(Side side, long lastingNanos) throws IOException {
            double processor = Processes.cpuSeconds(List.of(pid));
            long commands = commands();
            long begun = System.nanoTime();
            long asked = 0;
            long waited = 0;
            while (System.nanoTime() - begun < lastingNanos) {
                if (side.isTakenOut()) {
                    redis.del(card);
                }
                long from = System.nanoTime();
                int status = connection.send(call, asked);
                waited += System.nanoTime() - from;
                if (status != 200) {
                    throw new IOException(call.path() + " was answered " + status);
                }
                asked++;
            }
            long own = 1 + (side.isTakenOut() ? asked : 0);
            return new double[] {
                (Processes.cpuSeconds(List.of(pid)) - processor) * 1e6 / asked,
                (double) (commands() - commands - own) / asked,
                waited / 1e6 / asked
            };
        }

        private long commands() {
            return redis.info("stats")
                    .lines()
                    .filter(line -> line.startsWith("total_commands_processed:"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                    .sum();
        }
    }
}
