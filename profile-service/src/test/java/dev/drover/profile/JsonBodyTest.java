package dev.drover.profile;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;

class JsonBodyTest {

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":1,\"a\":2}", "{} {}", "{\"a\":NaN}", "{'a':1}", "{\"a\":1,}"})
    void whatIsNoJsonIsMalformed(String text) {
        refused(text.getBytes(StandardCharsets.UTF_8), PlatformError.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "[]", "7", "null"})
    void whatIsNoObjectIsNotValid(String text) {
        refused(text.getBytes(StandardCharsets.UTF_8), PlatformError.VALIDATION_FAILED);
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 10_000})
    void bottomlessNestingIsRefusedBeforeItCosts(int levels) {
        refused("{\"a\":".repeat(levels).getBytes(StandardCharsets.UTF_8), PlatformError.MALFORMED_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"\u00ff\"}"})
    void otherEncodingsThanUtf8AreRefused(String text) {
        refused(text.getBytes(StandardCharsets.ISO_8859_1), PlatformError.MALFORMED_JSON);
    }

    private static void refused(byte[] body, PlatformError error) {
        assertThatThrownBy(() -> JsonBody.object(body))
                .asInstanceOf(InstanceOfAssertFactories.type(ServiceException.class))
                .extracting(ServiceException::error)
                .isEqualTo(error);
    }
}
