package dev.drover.realtime.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jboss.logging.Logger;

import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.StoreUnavailableException;

/**
 * Reads one channel for its feed, one read at a time. However many wake-ups, polls and new followers ask in the meantime, they share the
 * next read: each is answered by one that began after it asked.
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
    private long asked;
    private long answered;
    private long failed;
    private boolean reading;

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
            if (!reading) {
                reading = true;
                threads.execute(this::read);
            }
            return asked;
        } finally {
            lock.unlock();
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

    private void read() {
        while (true) {
            long serving = next();
            if (serving < 0) {
                return;
            }
            try {
                readToHead();
                settle(serving, true);
            } catch (StoreUnavailableException e) {
                LOG.debugf("channel %s could not be read, the poll tries again: %s", channel, e.getMessage());
                settle(serving, false);
            } catch (RuntimeException e) {
                LOG.errorf(e, "channel %s could not be read", channel);
                settle(serving, false);
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

    /** What was asked until now, which the next read serves; negative when nobody asks, and then nobody reads. */
    private long next() {
        lock.lock();
        try {
            if (asked == Math.max(answered, failed)) {
                reading = false;
                return -1;
            }
            return asked;
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
}
