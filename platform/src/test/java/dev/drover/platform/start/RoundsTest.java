package dev.drover.platform.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.junit.jupiter.api.Test;

class RoundsTest {

    private static final Duration QUICK = Duration.ofMillis(300);

    private long nowNanos;
    private int made;

    @Test
    void anInstanceWhoseAnswersAreSlowGoesOnUntilTheyAreQuick() throws Exception {
        make(2, 900, 500, 400, 301, 300, 1);
        assertThat(made).isEqualTo(5);
    }

    @Test
    void oneWhoseAnswersAreQuickIsDoneAfterAFewRounds() throws Exception {
        make(3, 200, 100, 50, 50);
        assertThat(made).isEqualTo(3);
    }

    @Test
    void thatItWasQuickBeforeTheLastRoundDoesNotCount() throws Exception {
        make(2, 1, 500, 1);
        assertThat(made).isEqualTo(3);
    }

    private void make(int atLeast, Integer... millis) throws Exception {
        Deque<Integer> rounds = new ArrayDeque<>(List.of(millis));
        new Rounds(new Config(atLeast), () -> nowNanos).make(() -> {
            made++;
            nowNanos += Duration.ofMillis(rounds.pop()).toNanos();
            return null;
        });
    }

    private record Config(int rounds) implements WarmUpConfig {

        @Override
        public Duration within() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration answersWithin() {
            return QUICK;
        }

        @Override
        public Duration pause() {
            return Duration.ZERO;
        }

        @Override
        public int connections() {
            return 1;
        }
    }
}
