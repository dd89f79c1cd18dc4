package dev.drover.bench.live;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The frames of realtime-service. */
public final class DroverLanguage implements Crowd.Language {

    private static final Pattern OFFSET = Pattern.compile("\"offset\":(\\d+)");
    private static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]+)\"");
    private static final long REPEAT_NANOS_MIN = 200_000_000;
    private static final long REPEAT_NANOS_MAX = 1_000_000_000;
    private static final Pattern SENT = Pattern.compile("\"data\":(\\d+)");

    private final String token;

    public DroverLanguage(String token) {
        this.token = token;
    }

    @Override
    public Frames open(URI base) throws IOException {
        return new Frames(base, "/realtime", "Authorization: Bearer " + token);
    }

    @Override
    public void take(Crowd crowd, Crowd.Member member, String frame) throws IOException {
        if (frame.startsWith("{\"type\":\"message\"")) {
            member.offset = number(OFFSET, frame);
            crowd.received(number(SENT, frame));
        } else if (frame.startsWith("{\"type\":\"published\"")) {
            crowd.published();
        } else if (frame.startsWith("{\"type\":\"ready\"")) {
            if (member.channel != null) {
                member.send(subscribing(member));
            } else {
                crowd.joined();
            }
        } else if (frame.startsWith("{\"type\":\"subscribed\"") || frame.startsWith("{\"type\":\"recovered\"")) {
            Matcher at = EPOCH.matcher(frame);
            if (at.find()) {
                member.epoch = at.group(1);
            }
            if (frame.startsWith("{\"type\":\"subscribed\"")) {
                member.offset = number(OFFSET, frame);
            }
            crowd.joined();
        } else if (member.channel != null && frame.contains("\"code\":\"store_unavailable\"")) {
            repeatLater(member);
        } else {
            throw new IllegalStateException(frame);
        }
    }

    /** As clients are told to: the frame is repeated, and not by all of them at the same moment. */
    private static void repeatLater(Crowd.Member member) throws IOException {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(REPEAT_NANOS_MIN, REPEAT_NANOS_MAX));
        member.send(subscribing(member));
    }

    private static String subscribing(Crowd.Member member) {
        String since = member.epoch == null
                ? ""
                : ",\"since\":{\"epoch\":\"" + member.epoch + "\",\"offset\":" + member.offset + "}";
        return "{\"type\":\"subscribe\",\"channel\":\"" + member.channel + "\"" + since + "}";
    }

    private static long number(Pattern pattern, String frame) {
        Matcher at = pattern.matcher(frame);
        return at.find() ? Long.parseLong(at.group(1)) : 0;
    }

    @Override
    public String publishing(String channel, long number, long sentNanos) {
        return "{\"type\":\"publish\",\"channel\":\"" + channel + "\",\"id\":\"" + sentNanos + "-" + number
                + "\",\"data\":" + sentNanos + "}";
    }
}
