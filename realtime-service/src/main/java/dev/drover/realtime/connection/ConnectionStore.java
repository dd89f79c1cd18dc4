package dev.drover.realtime.connection;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.drover.platform.channels.ChannelName;

/**
 * Keeps which instances there are, what each holds, and how many sockets an account has. What an instance said ends with its lease, by the
 * store's clock. Every call is one atomic step and may be repeated. Blocks; fails with
 * {@link dev.drover.platform.redis.StoreUnavailableException}.
 */
public interface ConnectionStore {

    /** Says that the instance is there; returns all that are. */
    List<String> enlist(String holder);

    /** The instances that are there. */
    List<String> instances();

    /** The instance stops. */
    void strikeOff(String holder);

    /**
     * @param fresh this is the first of all the instance has to say
     * @return what it is asked to do; empty when its word had run out, and everything is to be said again
     */
    Optional<List<String>> report(String holder, boolean fresh, Changes changes);

    /** False when the account has as many sockets as it may. */
    boolean admit(String sub, String id, List<String> instances);

    void release(String sub, String id);

    /** An account's sockets, of instances that are there. */
    List<OpenConnection> ofAccount(String sub);

    /** A page of what an instance holds, in the order of ids. */
    List<OpenConnection> ofInstance(String holder, String after, int limit);

    /** Sockets that follow the channel through the instance. */
    int subscribers(String holder, ChannelName channel);

    /** False when too many orders wait already. */
    boolean give(String holder, Order order);

    /** What has changed on an instance since it was last said. */
    record Changes(List<OpenConnection> added, List<OpenConnection> removed, Map<ChannelName, Integer> subscribers) {}
}
