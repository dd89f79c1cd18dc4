package dev.drover.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;

/** What the dashboards show of a process is there, though it is bound behind the first answer and not by the framework. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ProcessMetersTest {

    @Inject
    MeterRegistry meters;

    @Test
    void aProcessTellsWhatItAndItsJvmUse() {
        Eventually.within(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(names())
                .contains(
                        "process.uptime",
                        "process.cpu.usage",
                        "process.files.open",
                        "jvm.classes.loaded",
                        "jvm.memory.used",
                        "jvm.threads.live",
                        "jvm.gc.overhead",
                        "jvm.gc.live.data.size"));
    }

    private List<String> names() {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .map(Meter.Id::getName)
                .toList();
    }
}
