package dev.drover.realtime.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.stateless.ProcessLocal;
import dev.drover.realtime.delivery.Feed.CatchUp;

/**
 * The channels this instance follows, each for as long as one of its sockets does. Losing all of it costs reads and nothing else: the
 * truth is in the history and in the positions the clients hold.
 */
public final class Feeds {

    private final ChannelHistory history;
    private final WakeUps wakeUps;
    private final FeedPolicy policy;
    private final Duration patience;
    private final Function<ChannelName, BiFunction<String, ChannelMessage, Delivery>> renders;
    private final Executor threads;

    @ProcessLocal(
            because =
                    "what the sockets of this process follow; the truth is in the history and in the clients' positions")
    private final Map<ChannelName, Followed> followed = new ConcurrentHashMap<>();

    /** @param patience how long a follower waits for the read that lets it in */
    public Feeds(
            ChannelHistory history,
            WakeUps wakeUps,
            FeedPolicy policy,
            Duration patience,
            Executor threads,
            Function<ChannelName, BiFunction<String, ChannelMessage, Delivery>> renders) {
        this.history = history;
        this.wakeUps = wakeUps;
        this.policy = policy;
        this.patience = patience;
        this.threads = threads;
        this.renders = renders;
    }

    /** Begins to hear wake-ups. */
    public void start() {
        wakeUps.start(this::heard);
    }

    /**
     * Lets a follower in; blocks for one read of the channel, shared with all who come at the same time. A follower that resumes from
     * further back then catches up on a thread of its own. It follows until {@link #leave}.
     *
     * @throws dev.drover.platform.redis.StoreUnavailableException it does not follow
     */
    public void follow(ChannelName channel, Optional<Position> since, Follower follower) {
        Followed entry = hold(channel);
        try {
            entry.reader().lookAndWait(patience);
        } catch (RuntimeException e) {
            release(channel);
            throw e;
        }
        if (entry.feed().join(follower, since)) {
            threads.execute(() -> catchUp(channel, entry, follower));
        }
    }

    public void leave(ChannelName channel, Follower follower) {
        Followed entry = followed.get(channel);
        if (entry != null) {
            entry.feed().leave(follower);
            release(channel);
        }
    }

    private void catchUp(ChannelName channel, Followed entry, Follower follower) {
        try {
            while (true) {
                CatchUp step = entry.feed().nextPage(follower);
                if (step instanceof CatchUp.NeedsHistory needs) {
                    Slice page = history.after(channel, needs.after(), policy.pageMessages());
                    step = entry.feed().acceptPage(follower, page);
                }
                if (step instanceof CatchUp.Done || !follower.awaitRoom()) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            follower.abandoned(e);
        }
    }

    private void heard(WakeUp wakeUp) {
        Followed entry = followed.get(wakeUp.channel());
        if (entry != null) {
            wakeUp.message().ifPresentOrElse(entry.reader()::hear, entry.reader()::look);
        }
    }

    /** One round of the poll: reads the channels that moved on without a wake-up. Returns how many. */
    public int poll() {
        List<ChannelName> channels = new ArrayList<>(followed.keySet());
        List<Optional<Position>> before = channels.stream().map(this::position).toList();
        List<Optional<Position>> heads = history.heads(channels);
        int behind = 0;
        for (int i = 0; i < channels.size(); i++) {
            Followed entry = followed.get(channels.get(i));
            if (entry != null && !stands(entry.feed().position(), before.get(i), heads.get(i))) {
                entry.reader().look();
                behind++;
            }
        }
        return behind;
    }

    private Optional<Position> position(ChannelName channel) {
        return Optional.ofNullable(followed.get(channel))
                .flatMap(entry -> entry.feed().position());
    }

    /** Whether a feed is where its channel was when it was asked; the feed may have moved on meanwhile. */
    private static boolean stands(Optional<Position> now, Optional<Position> before, Optional<Position> head) {
        if (now.isEmpty() || before.isEmpty() || head.isEmpty()) {
            return now.equals(head);
        }
        String epoch = head.get().epoch();
        return now.get().epoch().equals(epoch)
                && before.get().epoch().equals(epoch)
                && before.get().offset() <= head.get().offset()
                && head.get().offset() <= now.get().offset();
    }

    /** How many follow each channel. */
    public Map<ChannelName, Integer> followers() {
        Map<ChannelName, Integer> followers = new HashMap<>();
        followed.forEach((channel, entry) -> followers.put(channel, entry.holders()));
        return followers;
    }

    public int size() {
        return followed.size();
    }

    private Followed hold(ChannelName channel) {
        return followed.compute(channel, (name, entry) -> {
            if (entry != null) {
                return entry.held(entry.holders() + 1);
            }
            Feed feed = new Feed(policy, renders.apply(name));
            wakeUps.listen(name);
            return new Followed(feed, new FeedReader(name, feed, history, policy, threads), 1);
        });
    }

    private void release(ChannelName channel) {
        followed.computeIfPresent(channel, (name, entry) -> {
            if (entry.holders() > 1) {
                return entry.held(entry.holders() - 1);
            }
            wakeUps.forget(name);
            return null;
        });
    }

    private record Followed(Feed feed, FeedReader reader, int holders) {

        Followed held(int count) {
            return new Followed(feed, reader, count);
        }
    }
}
