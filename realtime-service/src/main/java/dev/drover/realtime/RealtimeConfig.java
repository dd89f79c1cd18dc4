package dev.drover.realtime;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMin;

/** The bounds of sockets and channels. docs/realtime.md tells clients of those they meet. */
@ConfigMapping(prefix = "drover.realtime")
public interface RealtimeConfig {

    /** How long a message's id is remembered, so that a repeat is not a second message. */
    @WithDefault("PT2M")
    @DurationMin(seconds = 1)
    Duration dedupe();

    Socket socket();

    Delivery delivery();

    interface Socket {

        /** Sockets one instance holds; beyond it the handshake answers 503. */
        @WithDefault("${REALTIME_SOCKETS_MAX:20000}")
        @Min(1)
        int max();

        /** A socket that has not authenticated by then is closed. */
        @WithDefault("PT5S")
        @DurationMin(millis = 100)
        Duration authenticationTimeout();

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
        @WithDefault("PT0.5S")
        @DurationMin(millis = 10)
        Duration checkEvery();

        /** Over how long reconnects are spread when the instance drains. */
        @WithDefault("PT2S")
        Duration reconnectSpread();
    }

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
