package dev.drover.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void aRequestIdOfTheClientIsKept() {
        assertThat(RequestIds.requestId("order-2026.07_1")).contains("order-2026.07_1");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "short", "with space", "line\nbreak", "ada@example.org", "\"quoted-id\"", "naïve-request"})
    void anythingThatIsNoRequestIdIsNotRepeated(String header) {
        assertThat(RequestIds.requestId(header)).isEmpty();
    }

    @Test
    void aTokenIsTooLongToPassForARequestId() {
        assertThat(RequestIds.requestId("a".repeat(64))).isPresent();
        assertThat(RequestIds.requestId("a".repeat(65))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00-" + TRACE + "-00f067aa0ba902b7-01", "cc-" + TRACE + "-00f067aa0ba902b7-00-what-comes-later"})
    void theTraceOfTheCallerIsKnown(String header) {
        assertThat(RequestIds.traceId(header)).contains(TRACE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                TRACE,
                "00-" + TRACE + "-00f067aa0ba902b7",
                "ff-" + TRACE + "-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
            })
    void aMalformedTraceParentIsPassedOver(String header) {
        assertThat(RequestIds.traceId(header)).isEmpty();
    }
}
