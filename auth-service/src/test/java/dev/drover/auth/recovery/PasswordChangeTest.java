package dev.drover.auth.recovery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.auth.LostRecords;
import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;
import dev.drover.auth.mail.SentMail;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.HttpContract;

@ServiceTest
class PasswordChangeTest {

    private static final String CHOSEN = "counts goats at night";

    @Inject
    SentMail mail;

    @Inject
    RedisCalls redis;

    private final Person person = Person.anybody();
    private String sub;
    private String token;

    @BeforeEach
    void somebodySignsUpAndLogsIn() {
        sub = person.signUp().statusCode(201).extract().path("id");
        token = person.logIn().statusCode(200).extract().path("accessToken");
    }

    @Test
    void aChangedPasswordEndsEveryOtherSession() {
        String other = person.logIn().extract().path("accessToken");

        change(person.password(), CHOSEN).statusCode(204);

        Person.me(token).statusCode(200);
        HttpContract.problem(Person.me(other), 401, "session_revoked");
        HttpContract.problem(person.logIn(), 401, "credentials_invalid");
        new Person(person.email(), CHOSEN).logIn().statusCode(200);
        assertThat(mail.lastTo(sub).subject()).isEqualTo("Your password was changed");
    }

    @Test
    void withoutTheCurrentPasswordNothingIsChanged() {
        HttpContract.problem(change("not the password", CHOSEN), 403, "password_wrong");
        person.logIn().statusCode(200);
    }

    @Test
    void wrongCurrentPasswordsLockAsWrongLogInsDo() {
        for (int i = 0; i < 6; i++) {
            HttpContract.problem(change("not the password", CHOSEN), 403, "password_wrong");
        }
        HttpContract.problem(change(person.password(), CHOSEN), 403, "password_wrong");
        HttpContract.problem(person.logIn(), 401, "credentials_invalid");
    }

    @Test
    void aCommonPasswordIsNoneToChoose() {
        HttpContract.problem(change(person.password(), "password2026!"), 400, "validation_failed")
                .body("violations.pointer", contains("/newPassword"));
    }

    @Test
    void aChangeWhoseInstanceDiedIsRepeatedAndItsOldPasswordIsNoGuess() {
        String key = UUID.randomUUID().toString();
        changeByKey(key).statusCode(204);
        // More often than wrong passwords are let pass.
        for (int i = 0; i < 12; i++) {
            LostRecords.lose(redis);
            changeByKey(key).statusCode(204);
        }
        new Person(person.email(), CHOSEN).logIn().statusCode(200);
        Person.me(token).statusCode(200);
    }

    private ValidatableResponse changeByKey(String key) {
        return given().header("Authorization", "Bearer " + token)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(Map.of("currentPassword", person.password(), "newPassword", CHOSEN))
                .post("/auth/password/change")
                .then();
    }

    private ValidatableResponse change(String current, String chosen) {
        return given().header("Authorization", "Bearer " + token)
                .contentType(ContentType.JSON)
                .body(Map.of("currentPassword", current, "newPassword", chosen))
                .post("/auth/password/change")
                .then();
    }
}
