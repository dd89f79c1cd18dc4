package dev.drover.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/** A request's time for Redis, by a clock that only the test moves. */
class PatienceTest {

    private static final Duration WHOLE = Duration.ofMillis(800);

    private long now = -5_000_000_000L;
    private final Patience patience = Patience.ofRequest(WHOLE, () -> now);
    private final Patience ofWork = Patience.ofWork(WHOLE, () -> now);

    @Test
    void theFirstCallHasAllOfIt() {
        assertThat(patience.begin()).isEqualTo(WHOLE);
    }

    @Test
    void aCallHasWhatThoseBeforeItLeft() {
        waits(300);
        waits(400);

        assertThat(patience.begin()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void whenItIsUsedUpNoCallIsMade() {
        waits(500);
        waits(290);

        assertThat(patience.begin()).isEqualTo(Duration.ZERO);
        assertThat(patience.begin()).isEqualTo(Duration.ZERO);
    }

    @Test
    void callsThatWaitTogetherSpendTheSameTimeOnce() {
        patience.begin();
        patience.begin();
        passes(300);
        patience.end();
        passes(100);
        patience.end();

        assertThat(patience.begin()).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void aCallThatBeginsWhileAnotherWaitsHasNoMoreThanThatOne() {
        patience.begin();
        passes(300);

        assertThat(patience.begin()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void afterAWaitInVainNothingIsLeftForAWhileAndThenAllOfIt() {
        patience.begin();
        passes(800);
        patience.lose();
        patience.end();

        assertThat(patience.begin()).isEqualTo(Duration.ZERO);
        passes(799);
        assertThat(patience.begin()).isEqualTo(Duration.ZERO);
        passes(1);
        assertThat(patience.begin()).isEqualTo(WHOLE);
    }

    @Test
    void whoAsksNowAndThenNeverRunsOutOfIt() {
        for (int look = 0; look < 100; look++) {
            waits(20);
            passes(500);
        }

        assertThat(patience.begin()).isEqualTo(WHOLE);
    }

    /** A log-in whose first call was answered late computes a hash, and has no more for that. */
    @Test
    void whatARequestComputesInBetweenGivesItHardlyAnythingBack() {
        waits(700);
        passes(600);

        assertThat(patience.begin()).isEqualTo(Duration.ofMillis(160));
    }

    @Test
    void workThatNoClientWaitsForHasAllOfItForEachCall() {
        for (int call = 0; call < 10; call++) {
            assertThat(ofWork.begin()).isEqualTo(WHOLE);
            passes(700);
            ofWork.end();
        }
    }

    @Test
    void afterAWaitInVainOtherWorkDoesNotWaitForAWhileEither() {
        ofWork.begin();
        passes(800);
        ofWork.lose();
        ofWork.end();

        assertThat(ofWork.begin()).isEqualTo(Duration.ZERO);
        passes(800);
        assertThat(ofWork.begin()).isEqualTo(WHOLE);
    }

    private void waits(int millis) {
        assertThat(patience.begin()).isPositive();
        passes(millis);
        patience.end();
    }

    private void passes(int millis) {
        now += Duration.ofMillis(millis).toNanos();
    }
}
