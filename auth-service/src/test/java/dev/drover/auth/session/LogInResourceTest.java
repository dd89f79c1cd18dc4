package dev.drover.auth.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

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

/** What a log-in answers to whom, and to whom it answers again. */
@ServiceTest
class LogInResourceTest {

    private static final String COOKIE = "drover_session";

    @Inject
    RedisCalls redis;

    @Test
    void loggingInGivesTokensAndACookie() {
        Person person = Person.signedUp();
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
        Person person = Person.signedUp();
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
        Person person = Person.signedUp();
        given().cookie(person.logIn().extract().detailedCookie(COOKIE))
                .get("/auth/me")
                .then()
                .statusCode(200)
                .body("email", equalTo(person.email()));
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressGetTheSameAnswer() {
        Person person = Person.signedUp();
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
        Person known = Person.signedUp();
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
        Person person = Person.signedUp();
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
        Person person = Person.signedUp();
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
        Person person = Person.signedUp();
        person.logIn("1").statusCode(200);

        HttpContract.problem(new Person(person.email(), "not the password").logIn("1"), 401, "credentials_invalid");
    }

    @Test
    void aKeyWhoseSessionIsClosedOpensAnother() {
        Person person = Person.signedUp();
        String key = UUID.randomUUID().toString();
        ExtractableResponse<Response> first = person.logIn(key).extract();
        Person.logOut(first.path("accessToken"));
        ExtractableResponse<Response> second = person.logIn(key).statusCode(200).extract();
        assertThat(second.<String>path("sessionId")).isNotEqualTo(first.path("sessionId"));
        Person.me(second.path("accessToken")).statusCode(200);
        HttpContract.problem(Person.me(first.path("accessToken")), 401, "session_revoked");
    }
}
