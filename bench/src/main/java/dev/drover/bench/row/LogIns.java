package dev.drover.bench.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.drover.bench.load.ClosedLoop;
import dev.drover.bench.load.ClosedLoop.Turn;
import dev.drover.bench.load.HttpCall;
import dev.drover.bench.load.Refused;
import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;
import dev.drover.bench.work.Trading;

/** Log-ins, beside the hash that is in each: no log-in is faster, and nothing else should cost much. */
public final class LogIns implements Row {

    private static final int CONNECTIONS = 8;

    @Override
    public String id() {
        return "login";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException, InterruptedException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()))) {
            Instance auth = drover.start(Service.AUTH);
            double idle = auth.residentMebibytes();
            List<Turn> turns = new ArrayList<>();
            List<Turn> refreshes = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                Account account = Account.signUp(auth.base(), "bench" + i);
                turns.add(loggingIn(account));
                refreshes.add(new Trading(account.logIn(auth.base()).refreshToken()));
            }
            Side side = new Side(
                    "Drover",
                    auth.base(),
                    HttpCall.get("/auth/login"),
                    List.of(auth.pid()),
                    drover.redis().pid());
            Turns.Load load = (one, lasting) -> ClosedLoop.run(List.of(one.base()), turns, lasting);
            // A JVM compiles what was used by the thousand, and log-ins come by the dozen a second. Most of what one is
            // beside its hash is in a refresh too.
            ClosedLoop.run(List.of(auth.base()), refreshes, plan.warmUp());
            Turns.Seen seen = new Turns(plan, report)
                    .throughput(id(), List.of(side), load)
                    .get(side);
            Memory.row(plan, report, Service.AUTH, idle, auth.residentMebibytes(), "log-ins");
            show(plan, report, seen);
        }
    }

    private static Turn loggingIn(Account account) {
        HttpCall call = HttpCall.json("POST", "/auth/login", Account.credentials(account.email()));
        return connection -> {
            int status = connection.send(call, 0);
            if (status != 200) {
                throw new Refused("a log-in was answered " + status + ": " + connection.body());
            }
        };
    }

    private void show(Plan plan, Report report, Turns.Seen seen) throws IOException {
        List<double[]> hashes = Limits.hashes(plan);
        Figures hashMillis = Turns.column(hashes, 1);
        Figures share = hashMillis.over(seen.cpuMicros().times(1e-3)).times(100);
        Figures ofBound = seen.rate().over(Turns.column(hashes, 0)).times(100);
        report.figure(id(), "ratio", "share of the hash", "%", share);
        report.table(
                        "Log-in",
                        CONNECTIONS
                                + " connections. The bound: nothing but hashes, in a JVM with the same flags, right after. The share "
                                + "is by processor time, and does not "
                                + "depend on what Redis and the load take of the cores.",
                        "log-ins/s",
                        "hashes/s alone",
                        "of the bound",
                        "ms a log-in",
                        "ms a hash",
                        "share of the hash",
                        "aim")
                .row(
                        seen.rate(),
                        Turns.column(hashes, 0),
                        ofBound + " %",
                        seen.cpuMicros().times(1e-3),
                        hashMillis,
                        share + " %",
                        "≥ 90 %");
    }
}
