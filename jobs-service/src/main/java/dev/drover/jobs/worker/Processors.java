package dev.drover.jobs.worker;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

import com.sun.management.OperatingSystemMXBean;

import dev.drover.platform.stateless.ProcessLocal;

/** How busy the processors of this machine or container are. Each look tells of the time since the one before, so looks are kept apart. */
final class Processors {

    private static final long LOOK_EVERY_NANOS = 500_000_000;

    private final DoubleSupplier load;
    private final LongSupplier nanos;
    private final int maxPercent;
    private final int busyShare;

    @ProcessLocal(because = "when this process looked at its processors last, and what it saw: a share of 10,000")
    private final AtomicLong lookedAt;

    @ProcessLocal(because = "as above")
    private final AtomicLong seen = new AtomicLong();

    /**
     * @param load       a share of 1; negative when it is not known
     * @param maxPercent from where on they are busy; 100 for never
     * @param busyShare  percent of a worker's hands that go on then
     */
    Processors(DoubleSupplier load, LongSupplier nanos, int maxPercent, int busyShare) {
        this.load = load;
        this.nanos = nanos;
        this.maxPercent = maxPercent;
        this.busyShare = busyShare;
        this.lookedAt = new AtomicLong(nanos.getAsLong() - LOOK_EVERY_NANOS);
    }

    static Processors ofThisMachine(int maxPercent, int busyShare) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Processors(system::getCpuLoad, System::nanoTime, maxPercent, busyShare);
    }

    /** How many of so many may be at work now: one at least, however busy they are. */
    int hands(int all) {
        return areBusy() ? Math.max(1, all * busyShare / 100) : all;
    }

    boolean areBusy() {
        if (maxPercent == 100) {
            return false;
        }
        long now = nanos.getAsLong();
        long last = lookedAt.get();
        if (now - last >= LOOK_EVERY_NANOS && lookedAt.compareAndSet(last, now)) {
            seen.set(Math.round(load.getAsDouble() * 10_000));
        }
        return seen.get() >= maxPercent * 100L;
    }
}
