package dev.drover.realtime.channel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import dev.drover.platform.channels.ChannelLog;
import dev.drover.platform.channels.ChannelLog.Appended;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.channels.MessageIdReusedException;
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.RealtimeError;

/** A caller speaks on a channel, the same over the socket and over HTTP. */
@Singleton
public final class Publishing {

    static final String ID_PATTERN = "[!-~]{1,128}";
    static final String ID_EXPECTED = "must be 1 to 128 printable ASCII characters without a space";

    private static final Pattern ID = Pattern.compile(ID_PATTERN);

    private final ChannelAccess access;
    private final ChannelLog log;
    private final Duration dedupe;

    private final int dataBytesMax;

    Publishing(ChannelAccess access, ChannelLog log, RealtimeConfig config) {
        this.access = access;
        this.log = log;
        this.dedupe = config.dedupe();
        // What a socket may send in one frame is also the most that HTTP takes: a message must fit every subscriber's
        // frame.
        this.dataBytesMax = config.socket().frameBytesMax();
    }

    /** @param data JSON text */
    public Appended publish(String channel, String id, String data, String sub) {
        ChannelName known = access.require(Verb.PUBLISH, channel, sub);
        if (id == null || !ID.matcher(id).matches()) {
            throw ServiceException.invalid("/id", ID_EXPECTED);
        }
        if (data.getBytes(StandardCharsets.UTF_8).length > dataBytesMax) {
            throw new ServiceException(
                    RealtimeError.FRAME_TOO_LARGE, "A message's data has at most " + dataBytesMax + " bytes.");
        }
        try {
            return log.append(known, id, data, sub, dedupe);
        } catch (MessageIdReusedException e) {
            throw new ServiceException(RealtimeError.MESSAGE_ID_REUSED, "Give every message an id of its own.");
        }
    }
}
