package dev.drover.auth.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.HttpContract;

/** How a session is prolonged by its refresh token, and ended by its owner. */
@ServiceTest
class SessionResourceTest {

    private static final String COOKIE = "drover_session";

    @Inject
    RedisCalls redis;

    @Test
    void aRepeatedRefreshGivesTheSameTokensWhileTheyAreOfUse() {
        String token = Person.signedUp().logIn().extract().path("refreshToken");
        String key = UUID.randomUUID().toString();
        ExtractableResponse<Response> first = refresh(token, key);
        // Beyond the grace a second use of the token would end the session; the repeat is not a second use.
        RefreshToken old = RefreshToken.parse(token).orElseThrow();
        redis.send(Command.DEL, RefreshKeys.grace(old.session(), old.secret().hash()));

        ExtractableResponse<Response> second = refresh(token, key);
        assertThat(second.asString()).isEqualTo(first.asString());
        Person.refresh(second.path("refreshToken")).statusCode(200);

        Person.logOut(first.path("accessToken"));
        assertThat(refresh(token, key).statusCode()).isEqualTo(401);
    }

    private static ExtractableResponse<Response> refresh(String token, String key) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(Map.of("refreshToken", token))
                .post("/auth/refresh")
                .then()
                .extract();
    }

    @Test
    void afterLoggingOutTokenCookieAndRefreshTokenAreRefused() {
        ExtractableResponse<Response> session = Person.signedUp().logIn().extract();
        given().header("Authorization", "Bearer " + session.path("accessToken"))
                .post("/auth/logout")
                .then()
                .statusCode(204)
                .header("Set-Cookie", containsString("Max-Age=0"));
        HttpContract.problem(Person.me(session.path("accessToken")), 401, "session_revoked");
        HttpContract.problem(
                given().cookie(session.detailedCookie(COOKIE)).get("/auth/me").then(), 401, "session_revoked");
        HttpContract.problem(Person.refresh(session.path("refreshToken")), 401, "refresh_expired");
    }

    @Test
    void loggingOutAgainIsNoFailure() {
        ExtractableResponse<Response> session = Person.signedUp().logIn().extract();
        Person.logOut(session.path("accessToken"));
        Person.logOut(session.path("accessToken"));
    }

    @Test
    void loggingOutAsNobodyIsAProblem() {
        HttpContract.problem(given().post("/auth/logout").then(), 401, "unauthenticated");
        HttpContract.problem(
                given().header("Authorization", "Bearer nonsense")
                        .post("/auth/logout")
                        .then(),
                401,
                "token_invalid");
    }

    @Test
    void aForeignPageCannotLogAnybodyOut() {
        Cookie cookie = Person.signedUp().logIn().extract().detailedCookie(COOKIE);
        HttpContract.problem(
                given().cookie(cookie)
                        .header("Origin", "https://evil.example")
                        .post("/auth/logout")
                        .then(),
                403,
                "cross_site_request");
        given().cookie(cookie).get("/auth/me").then().statusCode(200);
        given().cookie(cookie)
                .header("Origin", "http://localhost:8080")
                .post("/auth/logout")
                .then()
                .statusCode(204);
        HttpContract.problem(given().cookie(cookie).get("/auth/me").then(), 401, "session_revoked");
    }

    @Test
    void aRefreshTokenIsTradedForNewTokens() {
        ExtractableResponse<Response> session = Person.signedUp().logIn().extract();
        ExtractableResponse<Response> renewed =
                Person.refresh(session.path("refreshToken")).statusCode(200).extract();
        assertThat(renewed.<String>path("sessionId")).isEqualTo(session.path("sessionId"));
        assertThat(renewed.<String>path("refreshToken")).isNotEqualTo(session.path("refreshToken"));
        Person.me(renewed.path("accessToken")).statusCode(200);
        Person.refresh(renewed.path("refreshToken")).statusCode(200);
    }

    @Test
    void fiftyRefreshesOfOneTokenAtOnceGiveOneSuccessor() throws Exception {
        String token = Person.signedUp().logIn().extract().path("refreshToken");
        List<Callable<String>> calls = Collections.nCopies(
                50, () -> Person.refresh(token).statusCode(200).extract().path("refreshToken"));
        try (var threads = Executors.newFixedThreadPool(50)) {
            List<String> successors = threads.invokeAll(calls).stream()
                    .map(Future::resultNow)
                    .distinct()
                    .toList();
            assertThat(successors).hasSize(1).doesNotContain(token);
        }
    }

    @Test
    void aReplayAfterTheGraceEndsTheSessionForEverybody() {
        ExtractableResponse<Response> session = Person.signedUp().logIn().extract();
        RefreshToken old = RefreshToken.parse(session.path("refreshToken")).orElseThrow();
        ExtractableResponse<Response> renewed = Person.refresh(old.toWire()).extract();
        redis.send(Command.DEL, RefreshKeys.grace(old.session(), old.secret().hash()));

        HttpContract.problem(Person.refresh(old.toWire()), 401, "refresh_reused");

        HttpContract.problem(Person.refresh(renewed.path("refreshToken")), 401, "refresh_reused");
        HttpContract.problem(Person.me(renewed.path("accessToken")), 401, "session_revoked");
    }

    @Test
    void whatIsNoRefreshTokenHasExpired() {
        HttpContract.problem(Person.refresh("rt_nonsense"), 401, "refresh_expired");
        HttpContract.problem(
                given().contentType(ContentType.JSON)
                        .body(Map.of())
                        .post("/auth/refresh")
                        .then(),
                400,
                "validation_failed");
    }
}
