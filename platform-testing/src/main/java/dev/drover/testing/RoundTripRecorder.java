package dev.drover.testing;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a relay saw of one request. It is asked over a socket, because tests run in another class loader than their fixtures: a connection
 * begins a recording, the end of its input ends it and is answered with one line per wait, each naming the commands in flight.
 */
final class RoundTripRecorder {

    /** No command for so long, and everything that is going to be in flight together is. */
    private static final long QUIET_MILLIS = 60;

    static final int BEGUN = '>';

    /** Of a command that is not recorded. */
    static final long NO_WAVE = -1;

    private static final Pattern KEY =
            Pattern.compile("drover:(?:\\{[^}]*}:(?<part>[a-z-]+)|\\{(?<aggregate>[a-z]+):[^}]*}|(?<plain>[a-z-]+))");

    private final List<String> inFlight = new ArrayList<>();
    private final List<String> waits = new ArrayList<>();
    private boolean isRecording;
    private long lastSentNanos;
    private long wave;

    void record(Socket test) throws IOException {
        begin();
        test.getOutputStream().write(BEGUN);
        Thread.startVirtualThread(this::releaseWaves);
        try {
            test.getInputStream().readAllBytes();
        } finally {
            end();
        }
        test.getOutputStream().write(String.join("\n", waits).getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void begin() {
        inFlight.clear();
        waits.clear();
        wave++;
        isRecording = true;
    }

    private synchronized void end() {
        isRecording = false;
        notifyAll();
    }

    /** @return the wave it belongs to: its answer has to be held until that is over */
    synchronized long sent(String command) {
        if (!isRecording || !isOfARequest(command)) {
            return NO_WAVE;
        }
        inFlight.add(name(command));
        lastSentNanos = System.nanoTime();
        notifyAll();
        return wave;
    }

    /** Not what an instance does on its own, or to open a connection. */
    private static boolean isOfARequest(String command) {
        return KEY.matcher(command).find()
                && !name(command).startsWith("outbox")
                && !command.contains("{q:housekeeping}")
                && !command.contains("{keys}")
                && !command.contains("{realtime")
                && !name(command).startsWith("presence")
                && !command.contains("{flags}:re")
                && !command.contains("drover:flags-changed")
                && !name(command).contains("wake");
    }

    /** What stands behind the hash tag of the first key, such as {@code session}; and whether it is a script. */
    private static String name(String command) {
        String script = command.regionMatches(true, command.indexOf("\r\n", 4) + 2, "EVAL", 0, 4) ? " script" : "";
        Matcher key = KEY.matcher(command);
        if (!key.find()) {
            return "";
        }
        return Stream.of("part", "aggregate", "plain")
                        .map(key::group)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse("")
                + script;
    }

    synchronized void holdAnswers(long held) {
        while (isRecording && held == wave) {
            waitFor(0);
        }
    }

    private synchronized void releaseWaves() {
        while (isRecording) {
            long quietMillis = (System.nanoTime() - lastSentNanos) / 1_000_000;
            if (inFlight.isEmpty()) {
                waitFor(0);
            } else if (quietMillis < QUIET_MILLIS) {
                waitFor(QUIET_MILLIS - quietMillis);
            } else {
                waits.add(summary());
                inFlight.clear();
                wave++;
                notifyAll();
            }
        }
    }

    private String summary() {
        Map<String, Integer> counts = new TreeMap<>();
        inFlight.forEach(name -> counts.merge(name, 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + (entry.getValue() > 1 ? " each" : ""))
                .collect(Collectors.joining(" + "));
    }

    private void waitFor(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isRecording = false;
        }
    }
}
