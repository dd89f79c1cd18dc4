package dev.drover.bench.row;

import java.io.IOException;
import java.time.Duration;

import dev.drover.bench.live.Crowd;
import dev.drover.bench.live.DroverLanguage;
import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;

/** Sockets that are open, follow a channel, and say nothing. */
public final class Idle implements Row {

    private static final int SOCKETS = 10_000;
    private static final int CHANNELS = 100;
    private static final int OPENED_AT_ONCE = 50;
    private static final Duration WITHIN = Duration.ofSeconds(120);

    @Override
    public String id() {
        return "idle-sockets";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()));
                Crowd crowd = new Crowd()) {
            Instance auth = drover.start(Service.AUTH);
            Instance realtime = drover.start(Service.REALTIME);
            Crowd.Language language =
                    new DroverLanguage(Account.signUp(auth.base(), "bench").token());
            crowd.open(language, realtime.base(), "public:warm");
            crowd.awaitJoined(1, WITHIN);
            double before = realtime.residentMebibytes();
            for (int i = 0; i < SOCKETS; i++) {
                crowd.open(language, realtime.base(), "public:idle-" + i % CHANNELS);
                if (i % OPENED_AT_ONCE == OPENED_AT_ONCE - 1) {
                    crowd.awaitJoined(i + 2, WITHIN);
                }
            }
            double after = realtime.residentMebibytes();
            double each = (after - before) * 1_024 / SOCKETS;
            report.figure(id(), "Drover", "resident memory of a socket", "KiB", new Figures(each));
            report.table(
                            "Idle sockets",
                            "Authenticated, each following one of " + CHANNELS
                                    + " channels, on one instance with the heap of its pod. What the heap had taken before and not given back is not in it.",
                            "sockets",
                            "resident before MiB",
                            "after MiB",
                            "each KiB")
                    .row(SOCKETS, Figures.shown(before), Figures.shown(after), Figures.shown(each));
        }
    }
}
