package dev.drover.bench.row;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import dev.drover.bench.load.Connection;
import dev.drover.bench.load.HttpCall;
import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;
import dev.drover.bench.work.Endpoint;

/** One of two instances is killed under load and started again at once: how long until requests are answered as fast as before. */
public final class Kill implements Row {

    private static final int CLIENTS = 16;
    private static final double FULL = 0.9;
    private static final Duration WINDOW = Duration.ofMillis(250);
    private static final Duration WITHIN = Duration.ofSeconds(60);

    @Override
    public String id() {
        return "kill";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException, InterruptedException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()))) {
            Instance auth = drover.start(Service.AUTH);
            Account account = Account.signUp(auth.base(), "bench");
            HttpCall call = Endpoint.PROFILE.call(account, "run");
            List<Instance> two = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                two.add(drover.start(Service.PROFILE));
            }
            double[] longestSilence = new double[plan.repetitions()];
            double[] answering = new double[plan.repetitions()];
            double[] full = new double[plan.repetitions()];
            for (int i = 0; i < plan.repetitions(); i++) {
                double[] seen = once(plan, drover, two, call);
                longestSilence[i] = seen[0];
                answering[i] = seen[1];
                full[i] = seen[2];
            }
            report.table(
                            "SIGKILL under load",
                            ("`GET /profiles/me` by %d clients on two instances; one is killed and started again at once, as a supervisor does, "
                                            + "with a recorded start. Clients go on to the other one, as a gateway does.")
                                    .formatted(CLIENTS),
                            "longest without an answer s",
                            "the new one answers after s",
                            "full capacity (90 % of before) after s",
                            "aim")
                    .row(
                            report.figure(
                                    id(), "Drover", "longest without an answer", "s", new Figures(longestSilence)),
                            report.figure(id(), "Drover", "new instance answers", "s", new Figures(answering)),
                            report.figure(id(), "Drover", "full capacity", "s", new Figures(full)),
                            "traffic restored < 2 s");
        }
    }

    /** What clients see: how many answers, and when the last one came. */
    private static final class Traffic {
        private final AtomicLong answers = new AtomicLong();
        private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());
        private final AtomicLong longestNanos = new AtomicLong();
        private volatile boolean ended;

        void answered() {
            long now = System.nanoTime();
            long silence = now - lastNanos.getAndSet(now);
            longestNanos.accumulateAndGet(silence, Math::max);
            answers.incrementAndGet();
        }
    }

    private static double[] once(Plan plan, Drover drover, List<Instance> two, HttpCall call)
            throws IOException, InterruptedException {
        AtomicReference<List<URI>> targets =
                new AtomicReference<>(two.stream().map(Instance::base).toList());
        Traffic traffic = new Traffic();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int place = i;
            clients.add(Thread.ofPlatform().daemon().start(() -> ask(traffic, targets, place, call)));
        }
        Thread.sleep(plan.warmUp());
        double before = rate(traffic, plan.each());
        traffic.longestNanos.set(0);
        long killed = System.nanoTime();
        two.removeFirst().kill();
        targets.set(two.stream().map(Instance::base).toList());
        Instance next = drover.start(Service.PROFILE);
        double answering = (System.nanoTime() - killed) / 1e9;
        two.add(next);
        targets.set(two.stream().map(Instance::base).toList());
        while (rate(traffic, WINDOW) < FULL * before) {
            if (System.nanoTime() - killed > WITHIN.toNanos()) {
                throw new IOException("full capacity did not come back within " + WITHIN);
            }
        }
        double full = (System.nanoTime() - killed) / 1e9;
        traffic.ended = true;
        for (Thread client : clients) {
            client.join();
        }
        return new double[] {traffic.longestNanos.get() / 1e9, answering, full};
    }

    private static double rate(Traffic traffic, Duration lasting) {
        long before = traffic.answers.get();
        long begun = System.nanoTime();
        long until = begun + lasting.toNanos();
        long ahead;
        while ((ahead = until - System.nanoTime()) > 0) {
            LockSupport.parkNanos(ahead);
        }
        return (traffic.answers.get() - before) / ((System.nanoTime() - begun) / 1e9);
    }

    /** Goes where there is somebody, on a new connection when the old one broke or there are others than before. */
    private static void ask(Traffic traffic, AtomicReference<List<URI>> targets, int place, HttpCall call) {
        while (!traffic.ended) {
            List<URI> now = targets.get();
            try (Connection connection = new Connection(now.get(place % now.size()))) {
                while (!traffic.ended && targets.get() == now) {
                    if (connection.send(call, 0) == 200) {
                        traffic.answered();
                    }
                }
            } catch (IOException e) {
                // Its request was not answered; the next one goes to whoever is there.
            }
        }
    }
}
