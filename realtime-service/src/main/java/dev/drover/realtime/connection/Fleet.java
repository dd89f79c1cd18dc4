package dev.drover.realtime.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

/** All instances and their sockets, as whoever looks after them sees them. Nobody is asked: it stands in the store. */
@Singleton
public final class Fleet {

    private final ConnectionStore store;

    Fleet(ConnectionStore store) {
        this.store = store;
    }

    List<OpenConnection> ofAccount(String sub) {
        return store.ofAccount(sub);
    }

    /** A page over all instances, in the order of the connections' ids. */
    List<OpenConnection> list(String after, int limit) {
        List<OpenConnection> page = new ArrayList<>();
        String begin = OpenConnection.holder(after);
        for (String holder : store.instances().stream().sorted().toList()) {
            if (holder.compareTo(begin) >= 0 && page.size() < limit) {
                page.addAll(store.ofInstance(holder, holder.equals(begin) ? after : "", limit - page.size()));
            }
        }
        return page;
    }

    /** Asks the instance that holds it to end a connection; it looks every half second. */
    void end(String id) {
        String holder = OpenConnection.holder(id);
        if (!store.instances().contains(holder)) {
            throw new ServiceException(PlatformError.NOT_FOUND, "There is no connection of this id.");
        }
        give(holder, new Order.EndConnection(id));
    }

    /** Asks every instance to end the account's connections. */
    void endAccount(String sub) {
        store.instances().forEach(holder -> give(holder, new Order.EndAccount(sub)));
    }

    /** Asks every instance to let the account follow nothing of the room any more. */
    public void expel(ChannelName room, String sub) {
        store.instances().forEach(holder -> give(holder, new Order.Expel(room.value(), sub)));
    }

    /** Asks every instance to let nobody follow anything of the room any more. */
    public void clear(ChannelName room) {
        store.instances().forEach(holder -> give(holder, new Order.Clear(room.value())));
    }

    private void give(String holder, Order order) {
        if (!store.give(holder, order)) {
            throw new ServiceException(PlatformError.STORE_UNAVAILABLE, "The instance has too much to do already.");
        }
    }

    /** Sockets that follow the channel: one look-up for each instance. */
    public int subscribers(ChannelName channel) {
        return store.instances().stream()
                .mapToInt(holder -> store.subscribers(holder, channel))
                .sum();
    }

    /** The page after which the list goes on, if it does. */
    static Optional<String> next(List<OpenConnection> page, int limit) {
        return page.size() < limit
                ? Optional.empty()
                : Optional.of(page.getLast().id());
    }
}
