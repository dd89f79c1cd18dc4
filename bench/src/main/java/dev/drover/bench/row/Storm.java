package dev.drover.bench.row;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.drover.bench.live.Crowd;
import dev.drover.bench.live.DroverLanguage;
import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;
import dev.drover.stores.RedisTalk;

/** An instance is killed, a message is published in each channel, and everybody who was on it comes to the other one at once. */
public final class Storm implements Row {

    private static final int SOCKETS = 2_000;
    private static final int CHANNELS = 200;
    private static final Duration WITHIN = Duration.ofSeconds(120);
    private static final Pattern HISTORIES_READ = Pattern.compile("cmdstat_xrevrange:calls=(\\d+)");

    @Override
    public String id() {
        return "storm";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()));
                Crowd crowd = new Crowd()) {
            Instance auth = drover.start(Service.AUTH);
            Instance dying = drover.start(Service.REALTIME);
            Instance other = drover.start(Service.REALTIME);
            Crowd.Language language =
                    new DroverLanguage(Account.signUp(auth.base(), "bench").token());
            List<Crowd.Member> members = new ArrayList<>();
            for (int i = 0; i < SOCKETS; i++) {
                members.add(crowd.open(language, dying.base(), "public:storm-" + i % CHANNELS));
            }
            crowd.awaitJoined(SOCKETS, WITHIN);
            Crowd.Member publisher = crowd.open(language, other.base(), null);
            dying.kill();
            for (int i = 0; i < CHANNELS; i++) {
                crowd.publish(language, List.of(publisher), List.of("public:storm-" + i), 1_000, Duration.ofMillis(1));
            }
            double seconds =
                    comeBack(crowd, language, members, other, drover.redis().url(), report);
            report.figure(id(), "Drover", "all back with what they missed", "s", new Figures(seconds));
        }
    }

    private static double comeBack(
            Crowd crowd, Crowd.Language language, List<Crowd.Member> members, Instance other, URI redis, Report report)
            throws IOException {
        long readBefore = historiesRead(redis);
        long begun = System.nanoTime();
        members.forEach(member -> crowd.comeBack(language, other.base(), member));
        crowd.awaitReceived(SOCKETS, WITHIN);
        double seconds = (System.nanoTime() - begun) / 1e9;
        report.table(
                        "Reconnect storm",
                        "An instance with all sockets is killed, a message is published in each channel, and all come to one other "
                                + "instance at once, each with its position; who is refused comes again after a while of its own.",
                        "sockets in channels",
                        "all back, with what they missed, after",
                        "refused before",
                        "histories read from Redis")
                .row(
                        SOCKETS + " in " + CHANNELS,
                        Figures.shown(seconds) + " s",
                        crowd.returns(),
                        historiesRead(redis) - readBefore);
        return seconds;
    }

    /** From their ends: the first read of a channel by an instance. */
    private static long historiesRead(URI redis) {
        Matcher calls = HISTORIES_READ.matcher(RedisTalk.ask(redis, "INFO", "commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }
}
