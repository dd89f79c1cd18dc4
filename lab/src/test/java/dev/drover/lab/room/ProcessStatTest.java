package dev.drover.lab.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class ProcessStatTest {
    @Test
    void aNameWithParenthesesAndSpacesDoesNotConfuse() {
        ProcessStat stat = ProcessStat.parse(
                "42 (a) b (c) T 1 42 42 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 30 0 1000 123456 256 18446744073709551615");

        assertThat(stat.isStopped()).isTrue();
        assertThat(stat.cpu()).isEqualTo(Duration.ofSeconds(2));
        assertThat(stat.residentBytes()).isEqualTo(1 << 20);
    }
}
