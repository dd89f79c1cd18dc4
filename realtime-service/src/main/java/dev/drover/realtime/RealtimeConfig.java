package dev.drover.realtime;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;
import dev.drover.realtime.channel.ChannelRules;

/** The bounds of sockets and channels. docs/realtime.md tells clients of those they meet. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.realtime")
public interface RealtimeConfig {

    /** How long a message's id is remembered, so that a repeat is not a second message. */
    @WithDefault("PT2M")
    @DurationMin(seconds = 1)
    Duration dedupe();

    /** Who may do what on which channel, see {@link ChannelRules#EXPECTATION}; {@link ChannelRules#DEFAULT} where nothing is said. */
    @WithDefault("${REALTIME_CHANNEL_RULES:}")
    Optional<ChannelRules> channelRules();

    /** Members a room may have. */
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int roomMembersMax();

    /** Rooms an account may belong to. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int roomsPerAccountMax();

    Socket socket();

    Delivery delivery();

    Presence presence();

    Connections connections();

    @RegisterForReflection
    interface Connections {

        /** Sockets an account may have, over all instances. */
        @WithDefault("${REALTIME_SOCKETS_PER_ACCOUNT:50}")
        @Min(1)
        @Max(100_000)
        int perAccount();

        /** How long an instance's word counts; after kill -9 its sockets count no more after as long. */
        @WithDefault("PT10S")
        @DurationMin(seconds = 1)
        Duration lease();

        /** How often an instance says what has changed, and hears what it is asked to do. */
        @WithDefault("PT0.5S")
        @DurationMin(millis = 10)
        Duration sayEvery();

        /** How long an account's sockets are remembered after it opened the last one. */
        @WithDefault("P7D")
        @DurationMin(hours = 1)
        Duration keptFor();

        /** What an instance may be asked to do and has not heard of; the same number is heard at once. */
        @WithDefault("256")
        @Min(1)
        @Max(10_000)
        int ordersMax();
    }

    @RegisterForReflection
    interface Presence {

        /** How long an instance's word counts about who follows through it; after kill -9 presence is right again after as long. */
        @WithDefault("PT15S")
        @DurationMin(seconds = 1)
        Duration lease();

        /** How often changes are said. */
        @WithDefault("PT0.5S")
        @DurationMin(millis = 10)
        Duration sayEvery();

        /** After which it is told that an account has gone: who comes back meanwhile, through any instance, has not been away. */
        @WithDefault("PT2S")
        Duration leaveDelay();

        /** Accounts said, or taken back, in one step. */
        @WithDefault("250")
        @Min(1)
        @Max(1_000)
        int batch();
    }

    @RegisterForReflection
    interface Socket {

        /** Sockets one instance holds; beyond it the handshake answers 503. */
        @WithDefault("${REALTIME_SOCKETS_MAX:20000}")
        @Min(1)
        int max();

        /** Clients this instance finds out about at once; beyond it a handshake answers 503, and who is on a socket already waits for a turn. */
        @WithDefault("${REALTIME_HANDSHAKES_MAX:64}")
        @Min(1)
        @Max(10_000)
        int handshakesMax();

        /** Open sockets that have not authenticated; beyond it a handshake that shows nothing answers 503. */
        @WithDefault("${REALTIME_UNAUTHENTICATED_MAX:1000}")
        @Min(1)
        @Max(1_000_000)
        int unauthenticatedMax();

        /** A socket that has not authenticated by then is closed. */
        @WithDefault("PT5S")
        @DurationMin(millis = 100)
        Duration authenticationTimeout();

        /** A socket that says nothing, not even that it is there when it is asked, is closed. More than twice the pause between pings. */
        @WithDefault("PT75S")
        @DurationMin(millis = 100)
        Duration idleTimeout();

        /** The largest frame taken, in bytes of UTF-8. The transport's own limit is a little higher, so that the client can be told. */
        @WithDefault("32768")
        @Min(1024)
        @Max(65_536)
        int frameBytesMax();

        /** Channels one socket may follow. */
        @WithDefault("100")
        @Min(1)
        int subscriptionsMax();

        /** Frames received and not yet answered. */
        @WithDefault("128")
        @Min(1)
        int inboxFramesMax();

        /** Frames waiting to be sent; beyond it the socket is a slow consumer. */
        @WithDefault("2048")
        @Min(16)
        int sendFramesMax();

        /** The same in bytes. */
        @WithDefault("1048576")
        @Min(65_536)
        long sendBytesMax();

        /** A socket that has taken nothing for so long while something was being sent is a slow consumer. */
        @WithDefault("PT10S")
        @DurationMin(seconds = 1)
        Duration stallTimeout();

        /** How often sessions, tokens and stalls of open sockets are looked at. */
        @WithDefault("PT0.25S")
        @DurationMin(millis = 10)
        @DurationMax(seconds = 5)
        Duration checkEvery();

        /**
         * In which time each session has its turn to be looked at while revocations are heard of; when nothing is heard each look is at all. Within
         * it, and what the looks take, a revocation is found whose word was lost unnoticed: together less than the second that is promised.
         */
        @WithDefault("PT0.75S")
        @DurationMin(millis = 10)
        @DurationMax(minutes = 5)
        Duration sessionsWithin();

        /** Over how long reconnects are spread when the instance drains. */
        @WithDefault("PT2S")
        Duration reconnectSpread();
    }

    @RegisterForReflection
    interface Delivery {

        /** How often channels are looked at although no wake-up came. */
        @WithDefault("PT1S")
        @DurationMin(millis = 10)
        Duration pollEvery();

        /** How long a subscription waits for the read that lets it in. */
        @WithDefault("PT3S")
        @DurationMin(millis = 100)
        Duration patience();

        /** Messages read in one step. */
        @WithDefault("64")
        @Min(1)
        @Max(1_000)
        int pageMessages();

        /** Newest messages of a channel kept in memory for sockets that come back. */
        @WithDefault("256")
        @Min(1)
        int tailMessages();

        /** The same in bytes. */
        @WithDefault("262144")
        @Min(1)
        long tailBytes();
    }
}
