package dev.drover.realtime.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import dev.drover.platform.channels.ChannelName;

/**
 * That a channel has something new, and what, if it is small.
 *
 * @param message empty: only the history knows
 */
public record WakeUp(ChannelName channel, Optional<Carried> message) {

    private static final char SEPARATOR = ':';
    private static final int DIGITS_MAX = 18;

    /** What is new only the history knows. */
    static WakeUp of(ChannelName channel) {
        return new WakeUp(channel, Optional.empty());
    }

    /**
     * @param payload as {@code channel_wake} of shared/channel_log.lua has it. What has another form, because another release wrote it, is a wake-up
     *                and no more.
     */
    static WakeUp of(ChannelName channel, byte[] payload) {
        return new WakeUp(channel, new Reader(payload).carried());
    }

    /** A message as it was appended. */
    public record Carried(String epoch, ChannelMessage message) {}

    private static final class Reader {

        private final byte[] payload;
        private int at;
        private boolean broken;

        Reader(byte[] payload) {
            this.payload = payload;
        }

        Optional<Carried> carried() {
            String epoch = field();
            long offset = number();
            long saidAt = number();
            long idBytes = number();
            long fromBytes = number();
            long traceBytes = number();
            String id = text(idBytes);
            String from = text(fromBytes);
            String trace = text(traceBytes);
            String data = text(payload.length - at);
            if (broken || data.isEmpty()) {
                return Optional.empty();
            }
            ChannelMessage message = new ChannelMessage(
                    offset,
                    id,
                    data,
                    from,
                    Instant.ofEpochMilli(saidAt),
                    Optional.of(trace).filter(any -> !any.isEmpty()));
            return Optional.of(new Carried(epoch, message));
        }

        private String field() {
            int end = at;
            while (end < payload.length && payload[end] != SEPARATOR) {
                end++;
            }
            if (end == payload.length) {
                return broken();
            }
            String field = text(end - at);
            at++;
            return field;
        }

        private long number() {
            String digits = field();
            boolean isNumber = !digits.isEmpty()
                    && digits.length() <= DIGITS_MAX
                    && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
            if (!isNumber) {
                broken();
                return 0;
            }
            return Long.parseLong(digits);
        }

        private String text(long bytes) {
            if (broken || bytes > payload.length - at) {
                return broken();
            }
            String text = new String(payload, at, (int) bytes, StandardCharsets.UTF_8);
            at += (int) bytes;
            return text;
        }

        private String broken() {
            broken = true;
            at = payload.length;
            return "";
        }
    }
}
