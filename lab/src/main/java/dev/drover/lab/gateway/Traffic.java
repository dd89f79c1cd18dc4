package dev.drover.lab.gateway;

import java.util.HashMap;
import java.util.Map;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import org.HdrHistogram.Histogram;

/** What went through the gateway since somebody last asked. Lives on the gateway's event loop. */
public final class Traffic {
    private static final int SIGNIFICANT_DIGITS = 2;
    private static final long MICROS_MAX = 60_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final double MICROS_PER_MILLI = 1_000;

    private final Histogram micros = new Histogram(MICROS_MAX, SIGNIFICANT_DIGITS);
    private final Map<String, Long> byInstance = new HashMap<>();
    private long requests;
    private long errors;
    private long refusals;

    /**
     * @param requests   answered ones
     * @param errors     of these, those with a 5xx
     * @param refusals   of these, those with 429
     * @param p50Millis  not a number when nothing was answered
     * @param byInstance answers of each instance
     */
    public record Seen(
            long requests,
            long errors,
            long refusals,
            double p50Millis,
            double p99Millis,
            Map<String, Long> byInstance) {}

    void watch(HttpServerRequest request) {
        long startedNanos = System.nanoTime();
        request.response().endHandler(ended -> answered(request, System.nanoTime() - startedNanos));
    }

    void answeredBy(Backend backend) {
        byInstance.merge(backend.instanceId(), 1L, Long::sum);
    }

    public Seen take() {
        boolean any = micros.getTotalCount() > 0;
        Seen seen = new Seen(
                requests,
                errors,
                refusals,
                any ? micros.getValueAtPercentile(50) / MICROS_PER_MILLI : Double.NaN,
                any ? micros.getValueAtPercentile(99) / MICROS_PER_MILLI : Double.NaN,
                Map.copyOf(byInstance));
        micros.reset();
        byInstance.clear();
        requests = 0;
        errors = 0;
        refusals = 0;
        return seen;
    }

    private void answered(HttpServerRequest request, long nanos) {
        int status = request.response().getStatusCode();
        requests++;
        errors += status >= 500 ? 1 : 0;
        refusals += status == 429 ? 1 : 0;
        if (!waitsByDesign(request)) {
            micros.recordValue(Math.min(MICROS_MAX, nanos / NANOS_PER_MICRO));
        }
    }

    /** How long a stream is open, or somebody waits for a job to come, says nothing of how fast the suite is. */
    private static boolean waitsByDesign(HttpServerRequest request) {
        MultiMap headers = request.response().headers();
        return request.path().endsWith("/lease") || headers.contains("Content-Type", "text/event-stream", true);
    }
}
