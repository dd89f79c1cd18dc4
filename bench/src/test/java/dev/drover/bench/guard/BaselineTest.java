package dev.drover.bench.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {

    private static final Baseline AGREED = new Baseline(25, Map.of("me", new Cost(1, 20, 30_000)));

    private static List<String> grown(int java, Cost now) {
        return AGREED.grown(new Baseline(java, Map.of("me", now)));
    }

    @Test
    void noiseIsNoGrowth() {
        assertThat(grown(25, new Cost(1.3, 20.6, 36_900))).isEmpty();
        assertThat(grown(25, new Cost(1, 12, 10_000))).isEmpty();
    }

    @Test
    void oneMoreOfAnythingIs() {
        assertThat(grown(25, new Cost(2, 20, 30_000))).containsExactly("me: reads by Redis grew from 1 to 2");
        assertThat(grown(25, new Cost(1, 22, 30_000))).containsExactly("me: commands grew from 20 to 22");
        assertThat(grown(25, new Cost(1, 20, 37_200)))
                .containsExactly("me: bytes allocated grew from 30,000 to 37,200");
    }

    @Test
    void howManyPiecesALongRequestIsReadInIsNot() {
        Baseline agreed = new Baseline(25, Map.of("bulk", new Cost(13.7, 17, 30_000)));

        assertThat(agreed.grown(new Baseline(25, Map.of("bulk", new Cost(40, 17, 30_000)))))
                .isEmpty();
        assertThat(agreed.grown(new Baseline(25, Map.of("bulk", new Cost(13.7, 18, 30_000)))))
                .hasSize(1);
    }

    @Test
    void anotherJvmIsNotComparedByItsBytes() {
        assertThat(grown(21, new Cost(1, 20, 60_000))).isEmpty();
        assertThat(grown(21, new Cost(2, 20, 60_000))).hasSize(1);
    }

    @Test
    void whatIsNewOrGoneIsTold() {
        assertThat(AGREED.grown(new Baseline(25, Map.of("other", new Cost(1, 1, 1)))))
                .containsExactlyInAnyOrder(
                        "other is not in the baseline", "me is in the baseline and was not measured");
    }

    @Test
    void itIsReadAsItWasWritten(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("baseline.json");
        AGREED.write(file);
        assertThat(Baseline.read(file)).isEqualTo(AGREED);
    }

    @Test
    void theMedianIsOfEachKindByItself() {
        assertThat(Cost.median(List.of(new Cost(1, 9, 5), new Cost(2, 8, 6), new Cost(9, 1, 99))))
                .isEqualTo(new Cost(2, 8, 6));
    }
}
