package dev.drover.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import java.util.List;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/**
 * The HTTP contract of every service (docs/architecture.md): a service extends this in its own {@code …ContractTest} and names two of its
 * endpoints. What a client learned at one service must hold at all.
 */
public abstract class HttpContract extends KeyedPostContract {

    /** One {@link #jsonPost} does not take. */
    protected String methodNotTaken() {
        return "DELETE";
    }

    @Test
    void anUnknownPathIsAProblem() {
        problem(given().get("/no-such-thing").then(), 404, "not_found");
    }

    @Test
    void aMethodTheResourceDoesNotTakeIsAProblem() {
        problem(given().request(methodNotTaken(), jsonPost()).then(), 405, "method_not_allowed");
    }

    @Test
    void aBodyOfAnotherMediaTypeIsAProblem() {
        problem(
                caller().contentType("text/csv")
                        .body("a,b")
                        .request(jsonMethod(), jsonPost())
                        .then(),
                415,
                "unsupported_media_type");
    }

    @Test
    void malformedJsonNamesLineAndColumn() {
        problem(
                        caller().contentType(ContentType.JSON)
                                .body("{\n  \"a\": nope}")
                                .request(jsonMethod(), jsonPost())
                                .then(),
                        400,
                        "malformed_json")
                .body("detail", containsString("line 2, column"));
    }

    @Test
    void aBodyOverTheLimitIsAProblem() {
        String body = "{\"a\": \"" + "x".repeat(bodyBytesMax()) + "\"}";
        problem(
                caller().contentType(ContentType.JSON)
                        .body(body)
                        .request(jsonMethod(), jsonPost())
                        .then(),
                413,
                "body_too_large");
    }

    @Test
    void aMemberNamedTwiceIsRefusedAndSoIsTextAfterTheValueAndABombOfNesting() {
        for (String body : List.of("{\"a\": 1, \"a\": 2}", "{} {}", "{\"a\": " + "[".repeat(1_500) + "}")) {
            String code = problemOf(body);
            assertThat(code).as(body).isEqualTo("malformed_json");
        }
    }

    private String problemOf(String body) {
        return caller().contentType(ContentType.JSON)
                .body(body)
                .request(jsonMethod(), jsonPost())
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .extract()
                .path("code");
    }

    @Test
    void anotherKindOfAnswerIsNotToBeHad() {
        problem(caller().accept("text/html").get(protectedGet()).then(), 406, "not_acceptable");
    }

    @Test
    void everyAnswerNamesTheInstance() {
        given().get("/no-such-thing").then().header("X-Served-By", "test-instance");
        given().get(protectedGet()).then().header("X-Served-By", "test-instance");
    }

    @Test
    void anAnswerIsKeptByItsCallerAloneUnlessItSaysOtherwise() {
        for (Response answer :
                List.of(caller().get(protectedGet()), given().get(protectedGet()), given().get("/no-such-thing"))) {
            assertThat(answer.headers().getValues("Cache-Control"))
                    .singleElement()
                    .asString()
                    .isIn("private, no-cache", "no-store");
        }
    }

    @Test
    void operationalEndpointsAreNotOnTheApiPort() {
        for (String path : List.of("/q/health/ready", "/q/metrics", "/q/openapi", "/q/swagger-ui/", "/q/dev-ui")) {
            problem(given().get(path).then(), 404, "not_found");
        }
    }

    @Test
    void theAnswerSaysWhatTheCallersQuotaIsAndWhatIsLeftOfIt() {
        TestIdentity.Login login = TestIdentity.logIn();

        assertThat(limitOf(login)).isEqualTo("\"read\";r=19999;t=5");
        assertThat(limitOf(login)).as("the same account").startsWith("\"read\";r=19998;t=");
        assertThat(limitOf(TestIdentity.logIn())).as("another account").isEqualTo("\"read\";r=19999;t=5");
    }

    /** Asserts the form all errors share, and that nothing of the inside shows. */
    public static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        String body = response.extract().asString();
        assertThat(body)
                .as("an answer to a mistake shows nothing of the inside")
                .doesNotContain(Leaks.WORDS.toArray(String[]::new));
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("status", equalTo(status))
                .body("type", equalTo("urn:drover:problem:" + code))
                .body("title", not(equalTo("")))
                .body("traceId", notNullValue());
    }
}
