package dev.drover.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionLookupTest {

    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.500Z");

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:01Z, true",
        "2026-01-31T12:00:01.000001Z, true",
        "2026-02-01T00:00:00Z, true",
        "2026-01-31T12:00:00.900Z, false",
        "2026-01-31T12:00:00Z, false",
        "2026-01-31T11:59:59.999999999Z, false",
        "2025-12-31T23:59:59Z, false",
        "2026-01-31, false"
    })
    void aUseThatWasNotedIsComparedToTheSecondAndNoTimeIsOld(String noted, boolean isAfter) {
        assertThat(SessionLookup.isAfter(noted, TIME)).isEqualTo(isAfter);
    }
}
