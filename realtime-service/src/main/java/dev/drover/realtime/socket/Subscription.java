package dev.drover.realtime.socket;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.delivery.Delivery;
import dev.drover.realtime.delivery.Feeds;
import dev.drover.realtime.delivery.Follower;

/** One channel followed by one socket. */
final class Subscription implements Follower {

    private final Client client;
    private final ChannelName channel;
    private final Feeds feeds;
    private final Duration stallTimeout;
    private final Attending attendance;

    /** Held while following begins, so that an end that comes meanwhile waits for it and leaves nothing behind. */
    private final ReentrantLock lifecycle = new ReentrantLock();

    private boolean follows;
    private boolean ended;

    Subscription(Client client, ChannelName channel, Feeds feeds, Duration stallTimeout, Attending attendance) {
        this.attendance = attendance;
        this.client = client;
        this.channel = channel;
        this.feeds = feeds;
        this.stallTimeout = stallTimeout;
    }

    void begin(Optional<Position> since) {
        lifecycle.lock();
        try {
            if (!ended) {
                feeds.follow(channel, since, this);
                follows = true;
                attendance.join();
            }
        } finally {
            lifecycle.unlock();
        }
    }

    void end() {
        lifecycle.lock();
        try {
            if (!ended && follows) {
                feeds.leave(channel, this);
                attendance.leave();
            }
            ended = true;
        } finally {
            lifecycle.unlock();
        }
    }

    @Override
    public void subscribed(Position at) {
        client.send(ServerFrames.subscribed(channel, at));
    }

    @Override
    public void recovered(Position from, Position to) {
        client.send(ServerFrames.recovered(channel, from, to));
    }

    @Override
    public void gap(Position at, GapReason reason) {
        client.send(ServerFrames.gap(channel, at, reason));
    }

    @Override
    public void deliver(Delivery message) {
        client.deliver(message);
    }

    @Override
    public boolean awaitRoom() {
        return client.awaitRoom(stallTimeout);
    }

    @Override
    public void abandoned(RuntimeException why) {
        client.fail(
                new ServiceException(PlatformError.STORE_UNAVAILABLE, "Recovery stopped; subscribe again: " + channel),
                null);
        client.unsubscribe(channel);
    }

    /** Whoever keeps who follows the channel. Neither call blocks. */
    interface Attending {

        Attending NONE = new Attending() {
            @Override
            public void join() {}

            @Override
            public void leave() {}
        };

        void join();

        void leave();
    }
}
