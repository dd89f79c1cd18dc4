package dev.drover.lab.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class LoadTest {
    private static final Backend ONE = new Backend("one", "127.0.0.1", 1);
    private static final Backend TWO = new Backend("two", "127.0.0.1", 2);

    private final Load load = new Load();

    @Test
    void theLeastBusyInstanceIsChosen() {
        load.begin(ONE, () -> {});

        assertThat(load.leastBusy(List.of(ONE, TWO), Set.of())).hasValue(TWO);
    }

    @Test
    void amongEquallyBusyOnesChanceDecides() {
        Set<Backend> chosen = IntStream.range(0, 100)
                .mapToObj(round -> load.leastBusy(List.of(ONE, TWO), Set.of()).orElseThrow())
                .collect(Collectors.toSet());

        assertThat(chosen).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void oneThatWasTriedIsChosenAgainOnlyWhenNoOtherIsReady() {
        load.begin(TWO, () -> {});

        assertThat(load.leastBusy(List.of(ONE, TWO), Set.of(ONE))).hasValue(TWO);
        assertThat(load.leastBusy(List.of(ONE), Set.of(ONE))).hasValue(ONE);
        assertThat(load.leastBusy(List.of(), Set.of())).isEmpty();
    }

    @Test
    void endedWorkNoLongerCounts() {
        Load.Work work = () -> {};
        load.begin(ONE, work);
        load.end(ONE, work);
        load.end(ONE, work);

        assertThat(load.count("one")).isZero();
    }
}
