package dev.drover.testing;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

/** What an {@code Idempotency-Key} does at every service: the part of {@link HttpContract} that is about it. */
public abstract class KeyedPostContract extends IdentityContract {

    /** Adds what the endpoint asks of every request, such as {@code If-Match}. */
    protected RequestSpecification prepared(RequestSpecification request) {
        return request;
    }

    /** A POST that succeeds, and another body for it; empty for a service that has none. */
    protected abstract Optional<KeyedPost> keyedPost();

    /** @param otherBody for the same client: another request all the same */
    public record KeyedPost(String path, String body, String otherBody) {}

    @Test
    void aPostRepeatedWithItsKeyGetsTheSameAnswerByteForByte() {
        keyedPost().ifPresent(post -> {
            RequestSpecification who = caller();
            String key = UUID.randomUUID().toString();
            Response first = keyed(who, key, post.path(), post.body());
            Response second = keyed(who, key, post.path(), post.body());

            assertThat(first.statusCode()).as(first.asString()).isBetween(200, 299);
            assertThat(first.header("Idempotency-Replayed")).isNull();
            assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(second.statusCode()).isEqualTo(first.statusCode());
            assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
            assertThat(lasting(second)).isEqualTo(lasting(first));
        });
    }

    @Test
    void aKeyStandsForOneRequestOnly() {
        keyedPost().ifPresent(post -> {
            RequestSpecification who = caller();
            String key = UUID.randomUUID().toString();
            keyed(who, key, post.path(), post.body());
            problem(keyed(who, key, post.path(), post.otherBody()).then(), 422, "idempotency_key_reused");
        });
    }

    @Test
    void aKeyOfAnotherFormIsRefused() {
        keyedPost().ifPresent(post -> {
            for (String key : List.of("", "x".repeat(256))) {
                problem(keyed(caller(), key, post.path(), post.body()).then(), 400, "idempotency_key_invalid");
            }
            problem(
                    caller().header("Idempotency-Key", "one", "two")
                            .contentType(ContentType.JSON)
                            .body(post.body())
                            .post(post.path())
                            .then(),
                    400,
                    "idempotency_key_invalid");
        });
    }

    private Response keyed(RequestSpecification who, String key, String path, String body) {
        return given().spec(who)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path);
    }

    /** The headers that are part of the answer, in order, and not of its way. */
    private static List<String> lasting(Response answer) {
        return answer.headers().asList().stream()
                .filter(header -> !Set.of(
                                "date", "idempotency-replayed", "ratelimit", "x-request-id", "x-test-redis-calls")
                        .contains(header.getName().toLowerCase(Locale.ROOT)))
                .map(Object::toString)
                .sorted()
                .toList();
    }

    /** Somebody new. */
    RequestSpecification caller() {
        RequestSpecification request = acceptsTestTokens()
                ? given().header("Authorization", TestIdentity.logIn().bearer())
                : given();
        return prepared(request);
    }
}
