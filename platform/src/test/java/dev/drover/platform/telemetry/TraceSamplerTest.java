package dev.drover.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.config.EnvironmentContract;
import dev.drover.platform.config.Variable;

class TraceSamplerTest {

    @ParameterizedTest
    @CsvSource({
        "always_on, AlwaysOnSampler",
        "always_off, AlwaysOffSampler",
        "traceidratio, TraceIdRatioBased{0.250000}",
        "parentbased_always_on, 'ParentBased{root:AlwaysOnSampler'",
        "parentbased_always_off, 'ParentBased{root:AlwaysOffSampler'",
        "parentbased_traceidratio, 'ParentBased{root:TraceIdRatioBased{0.250000}'"
    })
    void aSamplerIsKnownByItsStandardNameAndTheContractTakesIt(String name, String description) {
        assertThat(TraceSampler.of(name, 0.25).getDescription()).startsWith(description);
        assertThat(fault("OTEL_TRACES_SAMPLER", name)).isEmpty();
    }

    @Test
    void anotherNameIsAFaultOfTheEnvironment() {
        assertThat(fault("OTEL_TRACES_SAMPLER", "jaeger_remote")).isPresent();
        assertThatThrownBy(() -> TraceSampler.of("jaeger_remote", 1)).hasMessageContaining("jaeger_remote");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.25", "1", "1.0"})
    void aRatioIsFromNoneToAll(String ratio) {
        assertThat(fault("OTEL_TRACES_SAMPLER_ARG", ratio)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.1", "half", "2"})
    void anythingElseIsNoRatio(String ratio) {
        assertThat(fault("OTEL_TRACES_SAMPLER_ARG", ratio)).isPresent();
    }

    private static Optional<Variable.Fault> fault(String variable, String value) {
        return EnvironmentContract.forEveryService().faults(Map.of(variable, value)).stream()
                .filter(fault -> fault.name().equals(variable))
                .findFirst();
    }
}
