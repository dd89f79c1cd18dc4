package dev.drover.lab.prove.user;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** All users, workers and followers, each on a virtual thread of its own. */
public final class Crowd implements AutoCloseable {
    /** What users can be told to do; all of it when nothing is said. */
    public static final List<String> WORKS = List.of(
            Sessions.WORK,
            Profiles.WORK,
            Uploads.WORK,
            Submissions.WORK,
            Ticks.WORK,
            Publications.WORK,
            Glutton.WORK,
            Switches.WORK,
            Farewells.WORK);

    private static final int ROOMS = 3;
    private static final int HANDS = 3;
    private static final int GLUTTON_EVERY_MILLIS = 70;
    private static final long TURN_EVERY_MILLIS = 1_000;
    private static final long PARCEL_EVERY_MILLIS = 15_000;
    private static final long FAREWELL_EVERY_MILLIS = 4_000;
    /** Often: while instances are killed one may be there for a few seconds at a time, and the history goes back two hundred. */
    private static final Duration LOOK_AT_TICKS_EVERY = Duration.ofSeconds(5);

    private static final Duration LAST_WORDS_WITHIN = Duration.ofSeconds(15);
    private static final long LOOK_MILLIS = 300;

    private final World world;
    private final CrowdPlan plan;
    private final Optional<AdminSession> admin;
    private final List<User> users = new ArrayList<>();
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final List<Thread> loads = new CopyOnWriteArrayList<>();
    private final List<Thread> helpers = new CopyOnWriteArrayList<>();
    private final HttpClient sockets = HttpClient.newBuilder()
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final CountDownLatch settledIn;
    private Optional<Ticks> ticks = Optional.empty();
    private Repertoire repertoire;
    private volatile boolean loading = true;
    private volatile boolean helping = true;

    public Crowd(World world, CrowdPlan plan, Optional<AdminSession> admin) {
        this.world = world;
        this.plan = plan;
        this.admin = admin;
        this.settledIn = new CountDownLatch(plan.users() + (plan.does(Glutton.WORK) ? 1 : 0));
        for (int number = 1; number <= plan.users(); number++) {
            users.add(new User(number, world, plan.seed()));
        }
    }

    /** Returns once every user has an account and what is common to all is there, or the time is over. */
    public void start(Duration within) throws InterruptedException {
        User shared = new User(plan.users() + 1, world, plan.seed());
        repertoire = Repertoire.of(plan, ROOMS, admin.isPresent(), shared);
        if (admin.isPresent() && plan.does(Submissions.WORK)) {
            for (int number = 0; number < HANDS; number++) {
                helpers.add(Thread.ofVirtual().start(new Hand(number, world, admin.get(), () -> helping)));
            }
        }
        if (admin.isPresent() && plan.does(Ticks.WORK)) {
            Ticks defined = new Ticks(world, admin.get());
            if (defined.define()) {
                ticks = Optional.of(defined);
                helpers.add(Thread.ofVirtual()
                        .start(new Routine(defined::look, LOOK_AT_TICKS_EVERY.toMillis(), () -> helping)));
            }
        }
        startRoutines();
        for (User user : users) {
            loads.add(Thread.ofVirtual().start(() -> live(user)));
        }
        // Whoever has none then gets one later; the others do not wait for them.
        if (!settledIn.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
            notes.add(settledIn.getCount() + " users have no account after " + within.toSeconds() + " s");
        }
    }

    /** What is done by one of its own, and not drawn by all. */
    private void startRoutines() {
        if (admin.isPresent() && plan.does(Switches.WORK)) {
            Switches switches = new Switches(world, admin.get(), plan.seed());
            routine(switches::turn, TURN_EVERY_MILLIS);
        }
        if (plan.does(Glutton.WORK)) {
            User glutton = new User(plan.users() + 2, world, plan.seed());
            loads.add(Thread.ofVirtual().start(() -> indulge(glutton)));
        }
        if (plan.does(Uploads.WORK)) {
            Parcels parcels = new Parcels(new User(plan.users() + 3, world, plan.seed()));
            routine(parcels::sendOne, PARCEL_EVERY_MILLIS);
        }
        if (plan.does(Farewells.WORK)) {
            Farewells farewells = new Farewells(world, new SplittableRandom(plan.seed()));
            routine(farewells::sayOne, FAREWELL_EVERY_MILLIS);
        }
    }

    private void routine(Routine.Step step, long pauseMillis) {
        loads.add(Thread.ofVirtual().start(new Routine(step, pauseMillis, () -> loading)));
    }

    private void indulge(User user) {
        try {
            settleIn(user);
            new Routine(new Glutton(user)::bite, GLUTTON_EVERY_MILLIS, () -> loading).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void settleIn(User user) throws InterruptedException {
        while (loading && !user.signUp()) {
            Thread.sleep(LOOK_MILLIS);
        }
        settledIn.countDown();
    }

    /** What took longer than it should, without being wrong by itself. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    private void live(User user) {
        try {
            settleIn(user);
            if (user.account() == null) {
                return; // the load was over before they had one
            }
            if (plan.does(Publications.WORK) || plan.does(Submissions.WORK)) {
                follow(user);
            }
            long interval = plan.betweenSteps().toNanos();
            long next = System.nanoTime() + user.random().nextLong(interval);
            while (loading && !repertoire.isEmpty()) {
                long pause = next - System.nanoTime();
                if (pause > 0) {
                    Thread.sleep(Duration.ofNanos(pause));
                } else {
                    // Who was kept waiting does not hurry afterwards; what it did not ask is counted as waiting.
                    next = System.nanoTime();
                }
                next += interval;
                if (loading) {
                    repertoire.drawn(user.random()).perform(user);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(User user) {
        Commons device = new Commons(user.twin());
        Follower follower = new Follower(
                user.number(),
                world,
                device::token,
                List.of(world.room(user.number() % ROOMS), "user:" + user.account() + ":events"),
                sockets,
                () -> helping);
        followers.add(follower);
        helpers.add(Thread.ofVirtual().start(follower));
    }

    /** Lets every user finish the step it is at; no other is begun. */
    public void stopLoad(Duration within) throws InterruptedException {
        loading = false;
        long deadline = System.nanoTime() + within.toNanos();
        for (Thread load : loads) {
            load.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    /** Waits until what was accepted has ended and what was published has arrived, or the time is over. */
    public void settle(Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        if (ticks.isPresent()) {
            ticks.get().pause();
        }
        Settling settling =
                new Settling(world, admin.filter(present -> plan.does(Submissions.WORK)), List.copyOf(followers));
        boolean settled = false;
        while (!settled && System.nanoTime() < deadline) {
            settled = settling.isOver();
            Thread.sleep(LOOK_MILLIS);
        }
        if (!settled) {
            notes.add("after " + within.toSeconds() + " s there are still jobs to be done, or there is "
                    + settling.lagging().map(Follower::toString).orElse("nobody who lags behind"));
        }
        if (ticks.isPresent()) {
            ticks.get().look();
            ticks.get().remove();
        }
        helping = false;
        // A worker that sleeps through its lease is to say its word all the same.
        long last = System.nanoTime() + LAST_WORDS_WITHIN.toNanos();
        for (Thread helper : helpers) {
            helper.join(Duration.ofNanos(Math.max(1, last - System.nanoTime())));
        }
    }

    @Override
    public void close() {
        loading = false;
        helping = false;
        loads.forEach(Thread::interrupt);
        helpers.forEach(Thread::interrupt);
        sockets.shutdownNow();
    }
}
