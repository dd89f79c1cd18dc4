package dev.drover.blackbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.blackbox.FaultyProxy.Fault;
import dev.drover.blackbox.FaultyProxy.Frames;
import dev.drover.blackbox.FaultyProxy.Onward;
import dev.drover.blackbox.FaultyProxy.Passing;
import dev.drover.blackbox.ProxyWire.Answer;
import dev.drover.blackbox.ProxyWire.Request;

/** Breaks five promises, each as a service would that kept something to itself. */
final class Careless implements Fault {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEDULE = "/schedules/[^/]+(/pause)?";
    private static final String HISTORY = "/schedules/[^/]+/history.*";
    /** A connection lives for so many messages. */
    private static final int MESSAGES_OF_A_CONNECTION = 8;

    /** So late is the next one there. It is the defect and no wait for anything: what is said meanwhile is missed. */
    private static final long AWAY_MILLIS = 500;

    private static final int EVERY = 3;

    private final AtomicInteger changes = new AtomicInteger();

    @Override
    public Answer answer(Request asked, Onward suite) throws IOException, InterruptedException {
        if (asked.is("PATCH", "/profiles/me") && changes.incrementAndGet() % EVERY == 0) {
            return acknowledgedBeforeItIsWritten(asked);
        }
        // A key that is not passed on is a key that is ignored.
        Request request = asked.without("Idempotency-Key");
        if (request.path().matches(SCHEDULE)) {
            return firedByTwo(request, suite);
        }
        if (request.is("GET", HISTORY)) {
            return historyOfBoth(request, suite);
        }
        Answer answer = suite.ask(request);
        boolean leaseLost = request.is("POST", "/jobs/[^/]+/complete") && answer.status() == 409;
        return leaseLost ? Answer.json(200, answer.body()) : answer;
    }

    private static Answer acknowledgedBeforeItIsWritten(Request request) {
        long read = Long.parseLong(request.header("if-match").replace("\"", ""));
        return Answer.json(200, request.body()).with("ETag", "\"" + (read + 1) + "\"");
    }

    /** Whoever claims no tick is one of two who fire it. */
    private static Answer firedByTwo(Request request, Onward suite) throws IOException, InterruptedException {
        suite.ask(request.at(other(request.path())));
        return suite.ask(request);
    }

    private static Answer historyOfBoth(Request request, Onward suite) throws IOException, InterruptedException {
        Answer one = suite.ask(request);
        JsonNode two =
                JSON.readTree(suite.ask(request.at(other(request.path()))).body());
        if (one.status() != 200) {
            return one;
        }
        ObjectNode both = (ObjectNode) JSON.readTree(one.body());
        if (two.path("firings") instanceof ArrayNode firings) {
            both.withArray("firings").addAll(firings);
        }
        return new Answer(200, one.headers(), JSON.writeValueAsString(both).getBytes(StandardCharsets.UTF_8));
    }

    private static String other(String path) {
        return path.replaceFirst("^/schedules/([^/?]+)", "/schedules/$1-other");
    }

    @Override
    public Frames socket() throws InterruptedException {
        Thread.sleep(AWAY_MILLIS);
        return new DroppedOnReconnect();
    }

    private static final class DroppedOnReconnect implements Frames {
        private int messages;
        private final Map<String, Long> recoveredTo = new HashMap<>();

        @Override
        public Passing take(String frame) {
            JsonNode read;
            try {
                read = JSON.readTree(frame);
            } catch (IOException e) {
                return Passing.ON;
            }
            String channel = read.path("channel").asText();
            long offset = read.path("offset").asLong();
            if (read.path("type").asText().equals("recovered")) {
                recoveredTo.put(channel, offset);
            }
            if (!read.path("type").asText().equals("message")) {
                return Passing.ON;
            }
            if (offset <= recoveredTo.getOrDefault(channel, -1L)) {
                return Passing.DROPPED;
            }
            return ++messages > MESSAGES_OF_A_CONNECTION ? Passing.CUT : Passing.ON;
        }
    }
}
