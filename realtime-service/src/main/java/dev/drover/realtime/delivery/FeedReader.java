package dev.drover.realtime.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jboss.logging.Logger;

import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.realtime.delivery.WakeUp.Carried;

/**
 * Keeps one channel's feed up to date, one step at a time. A message that came with its wake-up is given to the feed as it is; when it is not the
 * next one, the history is read. However many wake-ups, polls and new followers ask for a read in the meantime, they share the next one: each is
 * answered by one that began after it asked.
 */
final class FeedReader {

    private static final Logger LOG = Logger.getLogger(FeedReader.class);

    private final ChannelName channel;
    private final Feed feed;
    private final ChannelHistory history;
    private final FeedPolicy policy;
    private final Executor threads;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answer = lock.newCondition();
    private final List<Carried> heard = new ArrayList<>();
    private long asked;
    private long answered;
    private long failed;
    private boolean working;

    FeedReader(ChannelName channel, Feed feed, ChannelHistory history, FeedPolicy policy, Executor threads) {
        this.channel = channel;
        this.feed = feed;
        this.history = history;
        this.policy = policy;
        this.threads = threads;
    }

    /** Asks for a read; does not wait for it. */
    long look() {
        lock.lock();
        try {
            asked++;
            begin();
            return asked;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the feed a message that came by itself; does not wait. More of them than a page are one read instead. */
    void hear(Carried message) {
        lock.lock();
        try {
            if (heard.size() < policy.pageMessages()) {
                heard.add(message);
            } else {
                heard.clear();
                asked++;
            }
            begin();
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        if (!working) {
            working = true;
            threads.execute(this::work);
        }
    }

    /** Returns when the feed has taken a read that began after this call. */
    void lookAndWait(Duration limit) {
        long mine = look();
        long nanosLeft = limit.toNanos();
        lock.lock();
        try {
            while (answered < mine) {
                if (failed >= mine || nanosLeft <= 0) {
                    throw new StoreUnavailableException("Redis", null);
                }
                nanosLeft = answer.awaitNanos(nanosLeft);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Redis", e);
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (Turn turn = next(); turn != null; turn = next()) {
            try {
                boolean isComplete = turn.heard().stream().allMatch(feed::hear);
                if (turn.isAsked() || !isComplete) {
                    readToHead();
                    settle(turn.asked(), true);
                }
            } catch (StoreUnavailableException e) {
                LOG.debugf("channel %s could not be read, the poll tries again: %s", channel, e.getMessage());
                settle(turn.asked(), false);
            } catch (RuntimeException e) {
                LOG.errorf(e, "channel %s could not be read", channel);
                settle(turn.asked(), false);
            }
        }
    }

    private void readToHead() {
        boolean more = true;
        while (more) {
            Optional<Position> position = feed.position();
            Slice slice = position.isPresent()
                    ? history.after(channel, position.get().offset(), policy.pageMessages())
                    : history.newest(channel, policy.tailMessages());
            more = feed.accept(slice);
        }
    }

    /** What was asked and heard until now; null when there is nothing to do, and then nobody does it. */
    private Turn next() {
        lock.lock();
        try {
            boolean isAsked = asked > Math.max(answered, failed);
            if (!isAsked && heard.isEmpty()) {
                working = false;
                return null;
            }
            Turn turn = new Turn(asked, isAsked, List.copyOf(heard));
            heard.clear();
            return turn;
        } finally {
            lock.unlock();
        }
    }

    private void settle(long served, boolean successfully) {
        lock.lock();
        try {
            if (successfully) {
                answered = served;
            } else {
                failed = served;
            }
            answer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param asked   up to which wish the next read serves
     * @param isAsked whether one of them is still open
     * @param heard   in the order in which it came
     */
    private record Turn(long asked, boolean isAsked, List<Carried> heard) {}
}
