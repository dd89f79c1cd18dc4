package dev.drover.platform.faults;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import dev.drover.platform.stateless.ProcessLocal;

/**
 * Timers by what was done and how it ended, looked up once each: the registry makes a name of the tags every time it is asked. Both come from the code, or
 * are bounded as queues are, and not from requests.
 */
public final class CallTimers {

    public static final String OK = "ok";
    public static final String REFUSED = "refused";

    private record Series(String call, String outcome) {}

    @ProcessLocal(because = "what this process measures and is asked for; as many as the code has calls and outcomes")
    private final ConcurrentHashMap<Series, Timer> timers = new ConcurrentHashMap<>();

    private final MeterRegistry meters;
    private final String name;
    private final String callTag;

    public CallTimers(MeterRegistry meters, String name, String callTag) {
        this.meters = meters;
        this.name = name;
        this.callTag = callTag;
    }

    public void record(String call, String outcome, long startedNanos) {
        Series series = new Series(call, outcome);
        Timer timer = timers.get(series);
        if (timer == null) {
            timer = timers.computeIfAbsent(series, this::register);
        }
        timer.record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
    }

    private Timer register(Series series) {
        return Timer.builder(name)
                .tag(callTag, series.call())
                .tag("outcome", series.outcome())
                .register(meters);
    }
}
