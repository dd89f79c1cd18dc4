package dev.drover.bench.row;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import dev.drover.bench.load.HttpCall;
import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;
import dev.drover.bench.work.Endpoint;

/** What it costs to be asked for a unit of a quota: the same request with a quota and without. */
public final class Limiter implements Row {

    private static final int CONNECTIONS = Limits.CONNECTIONS;

    @Override
    public String id() {
        return "limiter";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()))) {
            Instance auth = drover.start(Service.AUTH);
            Instance free = drover.start(Service.PROFILE);
            Instance limited = drover.start(Service.PROFILE, Map.of("RATE_LIMIT_READ", "1000000/PT1S"));
            HttpCall call = Endpoint.PROFILE.call(Account.signUp(auth.base(), "bench"), "run");
            Side with = new Side(
                    "with a quota",
                    limited.base(),
                    call,
                    List.of(limited.pid()),
                    drover.redis().pid());
            Side without = new Side(
                    "without",
                    free.base(),
                    call,
                    List.of(free.pid()),
                    drover.redis().pid());
            Turns turns = new Turns(plan, report);
            Map<Side, Turns.Seen> seen = turns.throughput(id(), List.of(with, without), turns.closed(CONNECTIONS));
            Turns.Seen limit = seen.get(with);
            Turns.Seen none = seen.get(without);
            report.table(
                            "A limiter's decision",
                            "`GET /profiles/me` by JWT, with a quota that is never used up and without.",
                            "answers/s with",
                            "without",
                            "service µs with",
                            "without",
                            "Redis µs with",
                            "without",
                            "decision: service µs",
                            "Redis µs")
                    .row(
                            limit.rate(),
                            none.rate(),
                            limit.cpuMicros(),
                            none.cpuMicros(),
                            limit.redisMicros(),
                            none.redisMicros(),
                            Figures.shown(limit.cpuMicros().median()
                                    - none.cpuMicros().median()),
                            Figures.shown(limit.redisMicros().median()
                                    - none.redisMicros().median()));
        }
    }
}
