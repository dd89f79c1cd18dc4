package dev.drover.auth.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

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
import io.restassured.path.json.JsonPath;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisNodes;
import dev.drover.testing.RequestCalls;

@ServiceTest
class SessionResourceTest {

    private static final String COOKIE = "drover_session";

    @Inject
    RedisCalls redis;

    @Test
    void loggingInGivesTokensAndACookie() {
        Person person = signedUp();
        person.logIn()
                .statusCode(200)
                .body("accessToken", matchesPattern("[\\w-]+\\.[\\w-]+\\.[\\w-]+"))
                .body("tokenType", equalTo("Bearer"))
                .body("expiresIn", equalTo(600))
                .body("refreshToken", matchesPattern("rt_[0-9a-z]{26}\\.[\\w-]{43}\\.[\\w-]{43}"))
                .body("sessionId", matchesPattern("ses_[0-9a-z]{26}"))
                .header("Cache-Control", "no-store")
                .header("Set-Cookie", containsString("HttpOnly"))
                .header("Set-Cookie", containsString("SameSite=Strict"))
                .header("Set-Cookie", containsString("Max-Age=86400"))
                .header("Set-Cookie", containsString("Path=/"));
    }

    @Test
    void theTokenSaysWhoItIs() {
        Person person = signedUp();
        JsonPath tokens = person.logIn().extract().jsonPath();
        Person.me(tokens.getString("accessToken"))
                .statusCode(200)
                .body("id", matchesPattern("usr_[0-9a-z]{26}"))
                .body("email", equalTo(person.email()))
                .body("displayName", equalTo("Ada"))
                .body("emailVerified", equalTo(false))
                .body("roles", empty())
                .body("sessionId", equalTo(tokens.getString("sessionId")));
    }

    @Test
    void theCookieSaysWhoItIs() {
        Person person = signedUp();
        given().cookie(person.logIn().extract().detailedCookie(COOKIE))
                .get("/auth/me")
                .then()
                .statusCode(200)
                .body("email", equalTo(person.email()));
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressGetTheSameAnswer() {
        Person person = signedUp();
        JsonPath wrong = HttpContract.problem(
                        new Person(person.email(), "not the password").logIn(), 401, "credentials_invalid")
                .extract()
                .jsonPath();
        JsonPath unknown = HttpContract.problem(Person.anybody().logIn(), 401, "credentials_invalid")
                .extract()
                .jsonPath();
        assertThat(wrong.getString("detail")).isEqualTo(unknown.getString("detail"));
        HttpContract.problem(new Person("no address at all", "whatever it may be").logIn(), 401, "credentials_invalid");
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressAskTheSameOfRedis() {
        Person known = signedUp();
        // The first of its kind may teach Redis a script.
        failed(new Person(known.email(), "not the password"));
        assertThat(failed(Person.anybody()))
                .as("calls to Redis")
                .isEqualTo(failed(new Person(known.email(), "not the password")));
    }

    private static String failed(Person person) {
        return person.logIn().statusCode(401).extract().header(RequestCalls.HEADER);
    }

    @Test
    void aRepeatedLogInWithItsKeyGivesTheSameSession() {
        Person person = signedUp();
        String key = UUID.randomUUID().toString();
        ExtractableResponse<Response> first = person.logIn(key).statusCode(200).extract();
        ExtractableResponse<Response> second = person.logIn(key)
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .extract();
        assertThat(second.<String>path("sessionId")).isEqualTo(first.path("sessionId"));
        assertThat(second.<String>path("refreshToken")).isEqualTo(first.path("refreshToken"));
        assertThat(second.cookie(COOKIE)).isEqualTo(first.cookie(COOKIE));
        Person.me(first.path("accessToken")).statusCode(200);
        Person.refresh(first.path("refreshToken")).statusCode(200);
    }

    @Test
    void noTokenOfARecordedLogInIsInRedis() {
        Person person = signedUp();
        ExtractableResponse<Response> answer =
                person.logIn(UUID.randomUUID().toString()).statusCode(200).extract();
        List<String> secrets = List.of(
                answer.path("accessToken"), answer.path("refreshToken"), answer.cookie(COOKIE), person.password());

        List<String> records = RedisNodes.ofTheService().ask("KEYS", "drover:{idem:*").stream()
                .flatMap(String::lines)
                .filter(name -> !name.isBlank())
                .toList();
        assertThat(records).isNotEmpty().allSatisfy(record -> assertThat(
                        redis.send(Command.HGETALL, record).toString())
                .doesNotContain(secrets));
        // A guessable key must not do either: what is stored depends on a secret that is not.
        person.logIn("1").statusCode(200);
        assertThat(person.logIn("1").extract().header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void aRepeatOfALogInWithAnotherPasswordIsNoMoreThanAWrongPassword() {
        Person person = signedUp();
        person.logIn("1").statusCode(200);

        HttpContract.problem(new Person(person.email(), "not the password").logIn("1"), 401, "credentials_invalid");
    }

    @Test
    void aRepeatedRefreshGivesTheSameTokensWhileTheyAreOfUse() {
        String token = signedUp().logIn().extract().path("refreshToken");
        String key = UUID.randomUUID().toString();
        ExtractableResponse<Response> first = refresh(token, key);
        // Beyond the grace a second use of the token would end the session; the repeat is not a second use.
        RefreshToken old = RefreshToken.parse(token).orElseThrow();
        redis.send(Command.DEL, RefreshKeys.grace(old.session(), old.secret().hash()));

        ExtractableResponse<Response> second = refresh(token, key);
        assertThat(second.asString()).isEqualTo(first.asString());
        Person.refresh(second.path("refreshToken")).statusCode(200);

        logOut(first.path("accessToken"));
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
    void aKeyWhoseSessionIsClosedOpensAnother() {
        Person person = signedUp();
        String key = UUID.randomUUID().toString();
        ExtractableResponse<Response> first = person.logIn(key).extract();
        logOut(first.path("accessToken"));
        ExtractableResponse<Response> second = person.logIn(key).statusCode(200).extract();
        assertThat(second.<String>path("sessionId")).isNotEqualTo(first.path("sessionId"));
        Person.me(second.path("accessToken")).statusCode(200);
        HttpContract.problem(Person.me(first.path("accessToken")), 401, "session_revoked");
    }

    @Test
    void afterLoggingOutTokenCookieAndRefreshTokenAreRefused() {
        ExtractableResponse<Response> session = signedUp().logIn().extract();
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
        ExtractableResponse<Response> session = signedUp().logIn().extract();
        logOut(session.path("accessToken"));
        logOut(session.path("accessToken"));
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
        Cookie cookie = signedUp().logIn().extract().detailedCookie(COOKIE);
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
        ExtractableResponse<Response> session = signedUp().logIn().extract();
        ExtractableResponse<Response> renewed =
                Person.refresh(session.path("refreshToken")).statusCode(200).extract();
        assertThat(renewed.<String>path("sessionId")).isEqualTo(session.path("sessionId"));
        assertThat(renewed.<String>path("refreshToken")).isNotEqualTo(session.path("refreshToken"));
        Person.me(renewed.path("accessToken")).statusCode(200);
        Person.refresh(renewed.path("refreshToken")).statusCode(200);
    }

    @Test
    void fiftyRefreshesOfOneTokenAtOnceGiveOneSuccessor() throws Exception {
        String token = signedUp().logIn().extract().path("refreshToken");
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
        ExtractableResponse<Response> session = signedUp().logIn().extract();
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

    private static Person signedUp() {
        Person person = Person.anybody();
        person.signUp().statusCode(201);
        return person;
    }

    private static void logOut(String accessToken) {
        given().header("Authorization", "Bearer " + accessToken)
                .post("/auth/logout")
                .then()
                .statusCode(204);
    }
}
