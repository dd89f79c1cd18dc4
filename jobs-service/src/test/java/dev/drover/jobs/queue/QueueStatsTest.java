package dev.drover.jobs.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class QueueStatsTest {

    @Test
    void aPercentileIsTheSmallestThatSoManyAreNotAbove() {
        List<Long> hundred = LongStream.rangeClosed(1, 100).boxed().toList();
        assertThat(QueueStats.percentile(hundred, 50)).contains(50L);
        assertThat(QueueStats.percentile(hundred, 99)).contains(99L);
        assertThat(QueueStats.percentile(List.of(7L), 99)).contains(7L);
        assertThat(QueueStats.percentile(List.of(), 50)).isEmpty();
    }
}
