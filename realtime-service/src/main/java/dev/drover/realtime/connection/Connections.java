package dev.drover.realtime.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.ProcessLocal;
import dev.drover.realtime.connection.ConnectionStore.Changes;

/**
 * The authenticated sockets of this instance, as the others know them: how many an account has, over all instances, is decided when it opens one
 * more; the rest is said every round, and what somebody asks of this instance is heard in the answer.
 */
public final class Connections {

    private static final int BATCH = 250;

    /** When an instance loses all its sockets at once, requests still find a connection to the store. */
    private static final int RELEASED_AT_ONCE = 8;

    private final ConnectionStore store;
    private final String holder;
    private final Supplier<Map<ChannelName, Integer>> following;
    private final Consumer<Order> carryOut;

    @ProcessLocal(because = "the sockets of this process; others know them by the store, until the lease ends")
    private final Map<String, OpenConnection> open = new ConcurrentHashMap<>();

    @ProcessLocal(
            because = "sockets that have ended and still count; if the process dies, they count until its lease ends")
    private final Queue<OpenConnection> ended = new ConcurrentLinkedQueue<>();

    @ProcessLocal(because = "bounds the calls of this process")
    private final Semaphore releasing = new Semaphore(RELEASED_AT_ONCE);

    // Only the one thread that says it reads and writes what was said.
    @ProcessLocal(because = "what the store has been told of this process's sockets")
    private final Map<String, OpenConnection> said = new HashMap<>();

    @ProcessLocal(because = "what the store has been told of this process's channels")
    private final Map<ChannelName, Integer> saidChannels = new HashMap<>();

    @ProcessLocal(because = "whether the store has been told anything of this process")
    private boolean fresh = true;

    @ProcessLocal(because = "the instances of half a second ago; one that is missing counts all the same for a while")
    private volatile List<String> instances = List.of();

    public Connections(
            ConnectionStore store,
            String holder,
            Supplier<Map<ChannelName, Integer>> following,
            Consumer<Order> carryOut) {
        this.store = store;
        this.holder = holder;
        this.following = following;
        this.carryOut = carryOut;
    }

    /** Counts the socket; false when the account has as many as it may. Blocks. */
    public boolean admit(OpenConnection connection) {
        boolean admitted;
        try {
            admitted = store.admit(connection.sub(), connection.id(), known());
        } catch (StoreUnavailableException e) {
            // It may have been counted all the same.
            ended.add(connection);
            throw e;
        }
        if (admitted) {
            open.put(connection.id(), connection);
        }
        return admitted;
    }

    /** The socket has ended. Blocks; what the store does not take now is said again with every round. */
    public void release(String id) {
        OpenConnection connection = open.remove(id);
        if (connection != null) {
            ended.add(connection);
            releaseEnded();
        }
    }

    private void releaseEnded() {
        // Whoever finds all of them busy leaves it to those; they look again after they have let go.
        while (!ended.isEmpty() && releasing.tryAcquire()) {
            try {
                releaseUntilNone();
            } catch (StoreUnavailableException e) {
                return;
            } finally {
                releasing.release();
            }
        }
    }

    private void releaseUntilNone() {
        for (OpenConnection next = ended.poll(); next != null; next = ended.poll()) {
            try {
                store.release(next.sub(), next.id());
            } catch (StoreUnavailableException e) {
                ended.add(next);
                throw e;
            }
        }
    }

    private List<String> known() {
        List<String> all = new ArrayList<>(instances);
        all.add(holder);
        return all;
    }

    /** One round; returns how many orders were carried out. */
    public int runOnce() {
        releaseEnded();
        instances = store.enlist(holder);
        Map<ChannelName, Integer> channels = following.get();
        int orders = 0;
        boolean first = true;
        for (Changes changes = changes(channels); first || !isEmpty(changes); changes = changes(channels)) {
            Optional<List<String>> asked = store.report(holder, fresh, changes);
            first = false;
            if (asked.isEmpty()) {
                fresh = true;
                said.clear();
                saidChannels.clear();
                continue;
            }
            fresh = false;
            remember(changes);
            orders += carryOut(asked.get());
        }
        return orders;
    }

    private int carryOut(List<String> asked) {
        asked.forEach(order -> Order.read(order).ifPresent(carryOut));
        return asked.size();
    }

    private Changes changes(Map<ChannelName, Integer> channels) {
        List<OpenConnection> added = open.values().stream()
                .filter(connection -> !said.containsKey(connection.id()))
                .limit(BATCH)
                .toList();
        List<OpenConnection> removed = said.values().stream()
                .filter(connection -> !open.containsKey(connection.id()))
                .limit(BATCH)
                .toList();
        Map<ChannelName, Integer> subscribers = new HashMap<>();
        Set<ChannelName> all = new HashSet<>(channels.keySet());
        all.addAll(saidChannels.keySet());
        for (ChannelName channel : all) {
            int now = channels.getOrDefault(channel, 0);
            if (now != saidChannels.getOrDefault(channel, 0) && subscribers.size() < BATCH) {
                subscribers.put(channel, now);
            }
        }
        return new Changes(added, removed, subscribers);
    }

    private void remember(Changes changes) {
        changes.added().forEach(connection -> said.put(connection.id(), connection));
        changes.removed().forEach(connection -> said.remove(connection.id()));
        changes.subscribers().forEach((channel, count) -> {
            if (count == 0) {
                saidChannels.remove(channel);
            } else {
                saidChannels.put(channel, count);
            }
        });
    }

    private static boolean isEmpty(Changes changes) {
        return changes.added().isEmpty()
                && changes.removed().isEmpty()
                && changes.subscribers().isEmpty();
    }

    /** The instance stops: nobody is to wait for the end of its lease. */
    public void stop() {
        try {
            store.strikeOff(holder);
        } catch (StoreUnavailableException e) {
            // Then they do.
        }
    }
}
