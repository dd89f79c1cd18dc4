package dev.drover.jobs.enqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is looked at by hand against what the annotations say, which the API's description has. */
class SoundnessTest {

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
    private static final ValidatorFactory FACTORY = Validation.buildDefaultValidatorFactory();
    private static final Validator ANNOTATIONS = FACTORY.getValidator();

    @AfterAll
    static void close() {
        FACTORY.close();
    }

    /** Of each member values that hold and values that do not. */
    record Member(String name, List<String> good, List<String> bad) {}

    static Stream<Member> members() {
        return Stream.of(
                new Member(
                        "queue",
                        List.of("\"a\"", "\"" + "a".repeat(32) + "\"", "\"a-1\""),
                        List.of(
                                "null",
                                "\"\"",
                                "\"A\"",
                                "\"1a\"",
                                "\"" + "a".repeat(33) + "\"",
                                "\"a_b\"",
                                "\"a\\n\"")),
                new Member(
                        "type",
                        List.of("\"a\"", "\"a.b-c\"", "\"" + "a".repeat(64) + "\""),
                        List.of("null", "\"\"", "\"a-b\"", "\"a.\"", "\"" + "a".repeat(65) + "\"", "\"a.b \"")),
                new Member("payload", List.of("null", "{}", "{\"a\": 1}"), List.of()),
                new Member("priority", List.of("null", "0", "9"), List.of("-1", "10", "2147483647")),
                new Member("maxAttempts", List.of("null", "1", "100"), List.of("0", "-5", "101")),
                new Member(
                        "group",
                        List.of("null", "\"a\"", "\"A.b_c:@-\"", "\"" + "g".repeat(64) + "\""),
                        List.of("\"\"", "\"a b\"", "\"-a\"", "\"" + "g".repeat(65) + "\"", "\"a\\n\"")),
                new Member(
                        "backoff",
                        List.of(
                                "null",
                                "{\"kind\":\"fixed\"}",
                                "{\"kind\":\"list\",\"delays\":[\"PT1S\"],\"jitter\":1}",
                                "{\"kind\":\"exponential\",\"jitter\":0}",
                                "{\"kind\":\"list\",\"delays\":" + list("\"PT1S\"", 50) + "}"),
                        List.of(
                                "{}",
                                "{\"kind\":\"square\"}",
                                "{\"kind\":\"list\",\"delays\":[]}",
                                "{\"kind\":\"list\",\"delays\":[null]}",
                                "{\"kind\":\"list\",\"delays\":" + list("\"PT1S\"", 51) + "}",
                                "{\"kind\":\"fixed\",\"jitter\":1.01}",
                                "{\"kind\":\"fixed\",\"jitter\":-0.1}",
                                "{\"kind\":\"fixed\",\"jitter\":1e400}")),
                new Member(
                        "unique",
                        List.of(
                                "null",
                                "{\"key\":\"k\"}",
                                "{\"key\":\"" + "k".repeat(128) + "\",\"mode\":\"debounce\"}",
                                "{\"key\":\"~!\",\"mode\":\"replace\"}"),
                        List.of(
                                "{}",
                                "{\"key\":\"\"}",
                                "{\"key\":\"a b\"}",
                                "{\"key\":\"" + "k".repeat(129) + "\"}",
                                "{\"key\":\"k\",\"mode\":\"THROTTLE\"}")),
                new Member(
                        "dependsOn",
                        List.of("null", "[]", "[\"what\"]", list("\"a\"", 100)),
                        List.of("[null]", list("\"a\"", 101))),
                new Member(
                        "onDependencyFailure",
                        List.of("null", "\"cancel\"", "\"dead\"", "\"run\""),
                        List.of("\"\"", "\"Run\"")));
    }

    private static String list(String element, int count) {
        return "[" + String.join(",", Collections.nCopies(count, element)) + "]";
    }

    @ParameterizedTest
    @MethodSource("members")
    void itSaysWhatTheAnnotationsSay(Member member) throws JsonProcessingException {
        for (String value : member.good()) {
            assertThat(isSound(with(member, value))).as(value).isTrue();
        }
        for (String value : member.bad()) {
            assertThat(isSound(with(member, value))).as(value).isFalse();
        }
    }

    private static EnqueueRequest with(Member member, String value) throws JsonProcessingException {
        String others = member.name().equals("queue")
                ? "\"type\":\"b\""
                : member.name().equals("type") ? "\"queue\":\"a\"" : "\"queue\":\"a\",\"type\":\"b\"";
        return JSON.readValue("{" + others + ",\"" + member.name() + "\":" + value + "}", EnqueueRequest.class);
    }

    private static boolean isSound(EnqueueRequest job) {
        return same(job.annotationsHold(), job);
    }

    private static boolean same(boolean byHand, Object body) {
        assertThat(ANNOTATIONS.validate(body).isEmpty())
                .as("%s by its annotations", body)
                .isEqualTo(byHand);
        return byHand;
    }
}
