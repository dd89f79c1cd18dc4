package dev.drover.realtime.delivery;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.realtime.delivery.WakeUp.Carried;

/** One channel's history, which can be made to fail. */
final class InMemoryHistory implements ChannelHistory {

    private final NavigableMap<Long, ChannelMessage> messages = new TreeMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile CountDownLatch open = new CountDownLatch(0);
    private String epoch = "e";
    private long head;

    /** Returns what a wake-up carries. */
    synchronized Carried append() {
        head++;
        ChannelMessage message =
                new ChannelMessage(head, "id" + head, "null", "usr_a", Instant.EPOCH, Optional.empty());
        messages.put(head, message);
        return new Carried(epoch, message);
    }

    synchronized void beginAnew(String name) {
        epoch = name;
        head = 0;
        messages.clear();
    }

    synchronized void trimTo(long first) {
        messages.headMap(first).clear();
    }

    void failNext(int times) {
        failures.set(times);
    }

    /** Reads wait until what is given back is counted down. */
    CountDownLatch hold() {
        open = new CountDownLatch(1);
        return open;
    }

    int reads() {
        return reads.get();
    }

    synchronized long head() {
        return head;
    }

    @Override
    public Slice newest(ChannelName channel, int max) {
        return read(Math.max(0, head() - max), max);
    }

    @Override
    public Slice after(ChannelName channel, long offset, int max) {
        return read(offset, max);
    }

    private Slice read(long offset, int max) {
        reads.incrementAndGet();
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Redis", e);
        }
        return slice(offset, max);
    }

    private synchronized Slice slice(long offset, int max) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new StoreUnavailableException("Redis", null);
        }
        return new Slice(
                new Position(epoch, head),
                messages.tailMap(offset, false).values().stream().limit(max).toList());
    }

    @Override
    public synchronized List<Optional<Position>> heads(List<ChannelName> channels) {
        return channels.stream()
                .map(channel -> Optional.of(new Position(epoch, head)))
                .toList();
    }
}
