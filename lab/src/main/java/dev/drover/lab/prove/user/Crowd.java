package dev.drover.lab.prove.user;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;

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
    private static final Duration LOOK_AT_TICKS_EVERY = Duration.ofSeconds(30);
    private static final Duration LAST_WORDS_WITHIN = Duration.ofSeconds(15);
    private static final long LOOK_MILLIS = 300;

    private final World world;
    private final CrowdPlan plan;
    private final Optional<AdminSession> admin;
    private final List<User> users = new ArrayList<>();
    private final List<Activity> activities = new ArrayList<>();
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final List<Thread> loads = new CopyOnWriteArrayList<>();
    private final List<Thread> helpers = new CopyOnWriteArrayList<>();
    private final HttpClient sockets = HttpClient.newBuilder()
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final CountDownLatch settledIn;
    private Optional<Ticks> ticks = Optional.empty();
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

    /** @param work of {@link #WORKS} */
    public record CrowdPlan(int users, int stepsPerSecond, long seed, Set<String> work) {
        boolean does(String kind) {
            return work.contains(kind);
        }

        public Duration betweenSteps() {
            return Duration.ofNanos(1_000_000_000L * users / stepsPerSecond);
        }
    }

    /** Returns once every user has an account and what is common to all is there, or the time is over. */
    public void start(Duration within) throws InterruptedException {
        chooseActivities();
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

    private void chooseActivities() throws InterruptedException {
        if (plan.does(Sessions.WORK)) {
            activities.addAll(
                    List.of(new Sessions.LogIn(), new Sessions.Refresh(), new Sessions.LogOut(), new Sessions.Show()));
        }
        if (plan.does(Profiles.WORK)) {
            activities.addAll(List.of(new Profiles.Change(), new Profiles.Read()));
            User shared = new User(plan.users() + 1, world, plan.seed());
            if (shared.signUp()) {
                activities.add(new Profiles.Count(new Commons(shared)));
            }
        }
        if (plan.does(Uploads.WORK)) {
            activities.add(new Uploads());
        }
        if (plan.does(Submissions.WORK) && admin.isPresent()) {
            activities.add(new Submissions());
        }
        if (plan.does(Publications.WORK)) {
            activities.add(new Publications(ROOMS));
        }
    }

    private void live(User user) {
        try {
            settleIn(user);
            if (plan.does(Publications.WORK) || plan.does(Submissions.WORK)) {
                follow(user);
            }
            long interval = plan.betweenSteps().toNanos();
            long next = System.nanoTime() + user.random().nextLong(interval);
            while (loading && !activities.isEmpty()) {
                long pause = next - System.nanoTime();
                if (pause > 0) {
                    Thread.sleep(Duration.ofNanos(pause));
                } else {
                    // Who was kept waiting does not hurry afterwards; what it did not ask is counted as waiting.
                    next = System.nanoTime();
                }
                next += interval;
                if (loading) {
                    drawn(user.random()).perform(user);
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

    private Activity drawn(SplittableRandom random) {
        int drawn =
                random.nextInt(activities.stream().mapToInt(Activity::weight).sum());
        for (Activity activity : activities) {
            drawn -= activity.weight();
            if (drawn < 0) {
                return activity;
            }
        }
        throw new IllegalStateException("weights are positive");
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
        boolean settled = false;
        while (!settled && System.nanoTime() < deadline) {
            settled = isQueueEmpty() && lagging().isEmpty();
            Thread.sleep(LOOK_MILLIS);
        }
        if (!settled) {
            notes.add("after " + within.toSeconds() + " s there are still jobs to be done, or there is "
                    + lagging().map(Follower::toString).orElse("nobody who lags behind"));
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

    private boolean isQueueEmpty() throws InterruptedException {
        if (admin.isEmpty() || !plan.does(Submissions.WORK)) {
            return true;
        }
        Optional<String> token = admin.get().token();
        if (token.isEmpty()) {
            return false;
        }
        Reply queue = world.api().send(Call.get("/queues/" + world.queue()).by(token.get()));
        if (queue.status() == 404) {
            return true;
        }
        JsonObject counts = queue.json().getJsonObject("counts", new JsonObject());
        return queue.isDone()
                && List.of("waiting", "active", "scheduled").stream().allMatch(state -> counts.getLong(state, 0L) == 0);
    }

    private Optional<Follower> lagging() throws InterruptedException {
        for (Follower follower : followers) {
            Optional<String> token = follower.token();
            for (String channel : follower.channels()) {
                if (token.isEmpty() || !hasArrived(follower, channel, token.get())) {
                    return Optional.of(follower);
                }
            }
        }
        return Optional.empty();
    }

    private boolean hasArrived(Follower follower, String channel, String token) throws InterruptedException {
        Reply newest = world.api()
                .send(Call.get("/realtime/channels/" + channel + "/messages?limit=1")
                        .by(token));
        return newest.isDone()
                && follower.hasReached(
                        channel,
                        newest.json().getString("epoch", ""),
                        newest.json().getLong("offset", 0L));
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
