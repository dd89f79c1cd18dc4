package dev.drover.platform.faults;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.jboss.logging.Logger;

/** Says that a store has a fault of its own, such as being full: once, and again only after a while, however many requests meet it. */
public final class FaultLog {

    private static final Logger LOG = Logger.getLogger(FaultLog.class);
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final String store;
    private final Map<StoreFault, AtomicLong> silentUntilNanos = new EnumMap<>(StoreFault.class);

    public FaultLog(String store) {
        this.store = store;
        long now = System.nanoTime();
        for (StoreFault fault : StoreFault.values()) {
            silentUntilNanos.put(fault, new AtomicLong(now));
        }
    }

    public void met(StoreFault fault, Throwable cause) {
        if (fault == StoreFault.GIVEN_UP) {
            // The breaker has said why when it opened.
            return;
        }
        AtomicLong silentUntil = silentUntilNanos.get(fault);
        long until = silentUntil.get();
        long now = System.nanoTime();
        if (now - until >= 0 && silentUntil.compareAndSet(until, now + SILENCE.toNanos())) {
            LOG.warnf("%s %s (%s); not repeated for %d s", store, fault.description(), cause, SILENCE.toSeconds());
        }
    }
}
