package dev.drover.lab.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTest {

    @ParameterizedTest
    @CsvSource({
        "/auth/login, AUTH",
        "/profiles/me, PROFILE",
        "/flags/dark-mode, PROFILE",
        "/ofrep/v1/evaluate/flags, PROFILE",
        "/media, MEDIA",
        "/jobs/job_1, JOBS",
        "/queues/media/lease, JOBS",
        "/schedules, JOBS",
        "/realtime, REALTIME"
    })
    void aPathBelongsToTheServiceOfItsPrefix(String path, Service service) {
        assertThat(Service.serving(path)).hasValue(service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/authors", "/lab/fleet", "/q/health", ""})
    void prefixesEndAtASegment(String path) {
        assertThat(Service.serving(path)).isEmpty();
    }

    @Test
    void everyServiceIsFoundByItsLabel() {
        for (Service service : Service.values()) {
            assertThat(Service.named(service.label())).hasValue(service);
        }
    }
}
