package dev.drover.bench.row;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;
import dev.drover.bench.work.Endpoint;
import dev.drover.bench.work.Flags;

/** One kind of request, of two builds in turn. */
public final class Compared implements Row {

    private final Endpoint endpoint;
    private final Build before;
    private final Build after;

    /** @param home of a build of its own, with what it was made from */
    public record Build(String name, Path home) {}

    public Compared(Endpoint endpoint, Build before, Build after) {
        this.endpoint = endpoint;
        this.before = before;
        this.after = after;
    }

    @Override
    public String id() {
        return endpoint.id();
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        Path data = plan.data().resolve(id());
        try (Drover first = Drover.start(before.home(), data.resolve("before"));
                Drover second = Drover.start(after.home(), data.resolve("after"))) {
            List<Side> sides = new ArrayList<>(List.of(side(before, first), side(after, second)));
            Turns turns = new Turns(plan, report);
            Map<Side, Turns.Seen> seen = turns.throughput(id(), sides, turns.closed(endpoint.connections()));
            Turns.Seen old = seen.get(sides.getFirst());
            Turns.Seen now = seen.get(sides.getLast());
            Figures rate =
                    report.figure(id(), "ratio", "throughput", "×", now.rate().over(old.rate()));
            Figures cost = report.figure(
                    id(), "ratio", "processor", "×", now.cpuMicros().over(old.cpuMicros()));
            report.table(
                            before.name() + " and " + after.name(),
                            "In turn, repetition by repetition; the ratio is the second's to the first's. Below 1 is better for "
                                    + "processor time, above 1 for answers.",
                            "request",
                            "answers/s before",
                            "after",
                            "ratio",
                            "service µs before",
                            "after",
                            "ratio",
                            "Redis µs before",
                            "after")
                    .row(
                            "`" + endpoint.title() + "`",
                            old.rate(),
                            now.rate(),
                            rate,
                            old.cpuMicros(),
                            now.cpuMicros(),
                            cost,
                            old.redisMicros(),
                            now.redisMicros());
        }
    }

    private Side side(Build build, Drover drover) throws IOException {
        Instance auth = drover.start(Service.AUTH);
        Instance service = endpoint.service() == Service.AUTH ? auth : drover.start(endpoint.service());
        Account account = Account.signUp(auth.base(), "bench");
        if (endpoint == Endpoint.FLAGS) {
            account = Flags.define(drover.redis().url(), auth.base(), service.base(), account);
        }
        return new Side(
                build.name(),
                service.base(),
                endpoint.call(account, auth.base(), "run"),
                List.of(service.pid()),
                drover.redis().pid());
    }
}
