package dev.drover.realtime.presence;

import java.util.List;
import java.util.Map;

import dev.drover.platform.channels.ChannelName;

/**
 * Keeps who follows which channel, as the instances say it; an instance's word counts for the length of its lease, by the store's clock. Every
 * call is one atomic step and may be repeated. Blocks; fails with {@link dev.drover.platform.redis.StoreUnavailableException}.
 */
interface PresenceStore {

    /**
     * @param fresh       the instance knows of nothing it has said before
     * @param connections of each account whose number has changed, through this instance; 0 for none
     */
    Said say(ChannelName channel, String holder, boolean fresh, Map<String, Integer> connections);

    /** Takes back a bounded part of what the instance said. How many accounts are left; -1 when its word counts and it is another's. */
    long sweep(ChannelName channel, String holder, boolean own);

    Page read(ChannelName channel, String after, int limit);

    /** What became of an instance's word. */
    sealed interface Said {

        /**
         * @param holding accounts the instance is known to hold
         * @param expired instances to be swept
         */
        record Taken(long holding, List<String> expired) implements Said {}

        /** The instance's earlier word has run out; it is to be swept, and everything to be said again. */
        record Lost() implements Said {}
    }

    /**
     * @param total   members in all
     * @param expired instances to be swept before this is believed
     */
    record Page(long total, List<Present> members, List<String> expired) {}

    /** An account and its connections over all instances. */
    record Present(String sub, int connections) {}
}
