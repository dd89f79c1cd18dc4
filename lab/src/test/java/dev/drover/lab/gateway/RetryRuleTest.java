package dev.drover.lab.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
    void whatIsIdempotentMayBeRepeated(String method) {
        assertThat(RetryRule.mayRepeat(HttpMethod.valueOf(method), MultiMap.caseInsensitiveMultiMap()))
                .isTrue();
    }

    @Test
    void aPostMayBeRepeatedOnlyUnderAKey() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        RetryRule.name(HttpMethod.POST, headers);
        assertThat(RetryRule.mayRepeat(HttpMethod.POST, headers)).isFalse();
        assertThat(RetryRule.mayRepeat(HttpMethod.POST, headers.set("idempotency-key", "k")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH"})
    void aConditionalWriteIsNamedByTheGatewayUnlessItsClientDid(String method) {
        MultiMap unnamed = MultiMap.caseInsensitiveMultiMap();
        RetryRule.name(HttpMethod.valueOf(method), unnamed);
        assertThat(unnamed.get("Idempotency-Key")).isNotBlank();
        assertThat(RetryRule.mayRepeat(HttpMethod.valueOf(method), unnamed)).isTrue();

        MultiMap named = MultiMap.caseInsensitiveMultiMap().add("Idempotency-Key", "theirs");
        RetryRule.name(HttpMethod.valueOf(method), named);
        assertThat(named.get("Idempotency-Key")).isEqualTo("theirs");
    }
}
