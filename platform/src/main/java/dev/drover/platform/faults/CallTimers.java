package dev.drover.platform.faults;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import dev.drover.platform.stateless.ProcessLocal;

/** The timer of a store's calls, by call and outcome. Both come from the code and not from requests, so there are a few dozen. */
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
