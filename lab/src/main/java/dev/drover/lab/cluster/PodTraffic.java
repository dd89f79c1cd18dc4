package dev.drover.lab.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import dev.drover.lab.rounds.Rounds;

/**
 * Answers per second of each pod, by the meters on its management port. Where the network does not let the room there, there is nothing to
 * tell. A pod is asked every two seconds, and never more than {@value #AT_ONCE} at a time.
 */
final class PodTraffic implements AutoCloseable {
    static final int PODS_MAX = 128;
    private static final int AT_ONCE = 8;
    private static final int BYTES_MAX = 2 << 20;
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(1_500);
    private static final double NANOS_PER_SECOND = 1e9;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(ANSWER_WITHIN)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Supplier<List<Target>> targets;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private Map<String, Reading> readings = Map.of();
    private volatile Map<String, Rates> rates = Map.of();
    private Rounds looking;

    /** @param meters where a pod's meters are */
    record Target(String pod, URI meters) {}

    /** Of one pod, each second. */
    record Rates(double requests, double errors, double refusals, OptionalInt sockets, OptionalDouble queueLatency) {}

    private record Reading(long atNanos, MeterReading meters) {}

    /** @param targets the pods to ask now */
    PodTraffic(Supplier<List<Target>> targets) {
        this.targets = targets;
    }

    void start() {
        looking = Rounds.start("pod-traffic", () -> {
            look();
            return LOOK;
        });
    }

    /** Of those that answered twice, by the name of the pod. */
    Map<String, Rates> rates() {
        return rates;
    }

    void look() throws InterruptedException {
        Map<String, Reading> now = new ConcurrentHashMap<>();
        List<Thread> asking = targets.get().stream()
                .limit(PODS_MAX)
                .map(target -> Thread.ofVirtual().start(() -> ask(target, now)))
                .toList();
        for (Thread thread : asking) {
            thread.join();
        }
        Map<String, Rates> next = new HashMap<>();
        now.forEach((pod, reading) -> {
            Reading before = readings.get(pod);
            if (before != null && reading.atNanos() > before.atNanos()) {
                next.put(pod, rates(before, reading));
            }
        });
        readings = now;
        rates = Map.copyOf(next);
    }

    private void ask(Target target, Map<String, Reading> into) {
        try {
            places.acquire();
            try {
                HttpRequest request = HttpRequest.newBuilder(target.meters())
                        .timeout(ANSWER_WITHIN)
                        .build();
                HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = answer.body()) {
                    String text = new String(body.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
                    if (answer.statusCode() == 200) {
                        into.put(target.pod(), new Reading(System.nanoTime(), MeterReading.of(text)));
                    }
                }
            } finally {
                places.release();
            }
        } catch (IOException e) {
            // It is on its way up or down, or out of reach.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Rates rates(Reading before, Reading now) {
        double seconds = (now.atNanos() - before.atNanos()) / NANOS_PER_SECOND;
        MeterReading then = before.meters();
        MeterReading meters = now.meters();
        return new Rates(
                perSecond(then.requests(), meters.requests(), seconds),
                perSecond(then.errors(), meters.errors(), seconds),
                perSecond(then.refusals(), meters.refusals(), seconds),
                meters.sockets(),
                meters.queueLatency());
    }

    /** Less than before is a container that was started again. */
    private static double perSecond(double before, double now, double seconds) {
        return (now < before ? now : now - before) / seconds;
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.close();
        }
        http.shutdownNow();
    }
}
