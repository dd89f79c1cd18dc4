package dev.drover.jobs.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class ProcessorsTest {

    private static final long SECOND = 1_000_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();
    private double load;

    @Test
    void theyAreBusyFromTheBoundOnUntilALaterLookSaysOtherwise() {
        Processors processors = processors(90);
        load = 0.95;
        assertThat(processors.areBusy()).isTrue();
        load = 0.2;
        assertThat(processors.areBusy()).as("within the same look").isTrue();
        assertThat(looks).hasValue(1);
        nanos.addAndGet(SECOND);
        assertThat(processors.areBusy()).isFalse();
        nanos.addAndGet(SECOND);
        load = -1;
        assertThat(processors.areBusy()).as("nobody knows").isFalse();
    }

    @Test
    void withoutABoundNobodyLooks() {
        load = 1;
        assertThat(processors(100).areBusy()).isFalse();
        assertThat(looks).hasValue(0);
    }

    @Test
    void ofAWorkersHandsAShareGoesOnWhenTheyAreBusyAndOneAtLeast() {
        Processors processors = processors(90);
        assertThat(processors.hands(7)).as("with time").isEqualTo(7);
        nanos.addAndGet(SECOND);
        load = 0.9;
        assertThat(processors.hands(100)).isEqualTo(50);
        assertThat(processors.hands(7)).isEqualTo(3);
        assertThat(processors.hands(1)).isEqualTo(1);
    }

    private Processors processors(int maxPercent) {
        return new Processors(
                () -> {
                    looks.incrementAndGet();
                    return load;
                },
                nanos::get,
                maxPercent,
                50);
    }
}
