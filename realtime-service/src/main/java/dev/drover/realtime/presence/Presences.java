package dev.drover.realtime.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.ProcessLocal;
import dev.drover.realtime.presence.PresenceStore.Said;

/**
 * Says which accounts follow which channels through this instance: what changed at every round, and each channel again before the word runs
 * out. One call for an instance and channel, however many sockets.
 */
public final class Presences {

    /** So many calls at once that requests do not wait for a connection behind them. */
    private static final int AT_ONCE = 8;

    private final PresenceStore store;
    private final String holder;
    private final PresencePolicy policy;
    private final Clock clock;
    private final ExecutorService threads;

    @ProcessLocal(
            because = "what the sockets of this process follow; others know it by the store, until the lease ends")
    private final Map<ChannelName, Roll> rolls = new ConcurrentHashMap<>();

    Presences(PresenceStore store, String holder, PresencePolicy policy, Clock clock, ExecutorService threads) {
        this.store = store;
        this.holder = holder;
        this.policy = policy;
        this.clock = clock;
        this.threads = threads;
    }

    public void join(ChannelName channel, String sub) {
        rolls.compute(channel, (name, known) -> {
            Roll roll = known == null ? new Roll() : known;
            roll.join(sub, clock.instant());
            return roll;
        });
    }

    public void leave(ChannelName channel, String sub) {
        rolls.computeIfPresent(channel, (name, roll) -> {
            roll.leave(sub, clock.instant().plus(policy.leaveDelay()));
            return roll;
        });
    }

    int size() {
        return rolls.size();
    }

    /** One round; returns how many channels something was said about. */
    int runOnce() {
        return forEach((channel, roll) -> {
            boolean said = tell(channel, roll);
            rolls.computeIfPresent(channel, (name, known) -> known.isOver() ? null : known);
            return said;
        });
    }

    /** Says what is yet to be said of one channel before the next round does; who has begun to follow it here is there afterwards. Blocks. */
    void sayNow(ChannelName channel) {
        Roll roll = rolls.get(channel);
        if (roll != null) {
            tell(channel, roll);
        }
    }

    /** One after the other: of two words about an account the later one counts. */
    private boolean tell(ChannelName channel, Roll roll) {
        boolean said = false;
        roll.beginTelling();
        try {
            for (Roll.Word word = roll.due(clock.instant(), policy.batch());
                    word != null;
                    word = roll.due(clock.instant(), policy.batch())) {
                said = true;
                if (!say(channel, roll, word)) {
                    break;
                }
            }
        } finally {
            roll.endTelling();
        }
        return said;
    }

    private boolean say(ChannelName channel, Roll roll, Roll.Word word) {
        Instant now = clock.instant();
        Said said;
        try {
            said = store.say(channel, holder, word.fresh(), word.connections());
        } catch (StoreUnavailableException e) {
            roll.untold(word, now);
            return false;
        }
        switch (said) {
            case Said.Taken taken -> {
                roll.told(taken.holding(), now.plus(policy.renewAfter()));
                taken.expired().forEach(dead -> sweep(channel, dead, false));
                return true;
            }
            case Said.Lost lost -> {
                boolean swept = sweep(channel, holder, true);
                roll.forgotten(now);
                return swept;
            }
        }
    }

    /** The instance stops: nobody is to wait for the end of its lease. */
    void stop() {
        forEach((channel, roll) -> sweep(channel, holder, true));
    }

    private boolean sweep(ChannelName channel, String dead, boolean own) {
        try {
            return sweepAll(store, channel, dead, own);
        } catch (StoreUnavailableException e) {
            return false; // the next round, or another instance's
        }
    }

    static boolean sweepAll(PresenceStore store, ChannelName channel, String dead, boolean own) {
        long left = 1;
        while (left > 0) {
            left = store.sweep(channel, dead, own);
        }
        return true;
    }

    private int forEach(Step step) {
        Semaphore turns = new Semaphore(AT_ONCE);
        List<Future<Boolean>> running = rolls.entrySet().stream()
                .map(entry -> threads.submit(() -> {
                    turns.acquire();
                    try {
                        return step.run(entry.getKey(), entry.getValue());
                    } finally {
                        turns.release();
                    }
                }))
                .toList();
        int done = 0;
        for (var one : running) {
            done += finished(one) ? 1 : 0;
        }
        return done;
    }

    private static boolean finished(Future<Boolean> one) {
        try {
            return one.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("presence could not be said", e.getCause());
        }
    }

    private interface Step {
        boolean run(ChannelName channel, Roll roll);
    }

    /**
     * @param leaveDelay after which it is told that an account has gone
     * @param renewAfter after which the word is said again, well before it runs out
     * @param batch      accounts in one call
     */
    record PresencePolicy(Duration leaveDelay, Duration renewAfter, int batch) {

        PresencePolicy {
            if (leaveDelay.isNegative() || !renewAfter.isPositive() || batch < 1) {
                throw new IllegalArgumentException("presence needs a delay, a pause and a batch");
            }
        }
    }
}
