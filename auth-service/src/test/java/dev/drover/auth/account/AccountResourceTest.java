package dev.drover.auth.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;
import dev.drover.testing.HttpContract;

@ServiceTest
class AccountResourceTest {

    @Test
    void aNewAccountIsShownAsItWillBeRead() {
        Person person = Person.anybody();
        person.signUp()
                .statusCode(201)
                .body("id", matchesPattern("usr_[0-9a-z]{26}"))
                .body("email", equalTo(person.email()))
                .body("displayName", equalTo("Ada"))
                .body("emailVerified", equalTo(false))
                .body("createdAt", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"))
                .header("Cache-Control", "no-store");
    }

    @Test
    void aNameMayBeLeftOut() {
        signUp(Map.of("email", Person.anybody().email(), "password", "a long enough secret"))
                .statusCode(201)
                .body("displayName", equalTo(null));
    }

    @Test
    void anAddressIsTakenInAnySpelling() {
        Person person = Person.signedUp();
        Person shouting = new Person("  " + person.email().toUpperCase() + " ", "another long secret");
        HttpContract.problem(shouting.signUp(), 409, "email_taken");
    }

    @Test
    void aRepeatWithItsKeyGivesTheSameAnswer() {
        Person person = Person.anybody();
        String key = UUID.randomUUID().toString();
        String first = person.signUp(key).statusCode(201).extract().asString();
        ValidatableResponse second = person.signUp(key).statusCode(201).header("Idempotency-Replayed", "true");
        assertThat(second.extract().asString()).isEqualTo(first);
    }

    @Test
    void aKeyUsedWithAnotherPasswordIsRefused() {
        Person person = Person.anybody();
        String key = UUID.randomUUID().toString();
        person.signUp(key).statusCode(201);
        HttpContract.problem(
                new Person(person.email(), "a wholly different one").signUp(key), 422, "idempotency_key_reused");
    }

    @Test
    void twoPeopleMayChooseTheSameKey() {
        String key = "1";
        String one = Person.anybody().signUp(key).statusCode(201).extract().path("id");
        String other = Person.anybody().signUp(key).statusCode(201).extract().path("id");
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void ofConcurrentSignUpsForOneAddressOneWins() throws Exception {
        Person person = Person.anybody();
        List<Integer> statuses = together(6, () -> person.signUp().extract().statusCode());
        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
        person.logIn().statusCode(200);
    }

    @Test
    void ofConcurrentRepeatsOfOneSignUpOneIsDoneAndTheOthersWaitOrGetItsAnswer() throws Exception {
        Person person = Person.anybody();
        String key = UUID.randomUUID().toString();
        List<Response> answers = together(20, () -> person.signUp(key).extract().response());
        assertThat(answers).extracting(Response::statusCode).contains(201).containsOnly(201, 409);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).allSatisfy(answer -> {
            assertThat(answer.<String>path("code")).isEqualTo("idempotency_key_in_use");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        });
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 201)
                .extracting(Response::asString)
                .containsOnly(person.signUp(key).statusCode(201).extract().asString());
    }

    @Test
    void eachFieldHasItsOwnViolation() {
        HttpContract.problem(
                        signUp(Map.of("email", "nobody", "password", "short", "displayName", "a\u0000b")),
                        400,
                        "validation_failed")
                .body("violations", hasSize(3))
                .body("violations.pointer", containsInAnyOrder("/email", "/password", "/displayName"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"password2026!", "1qaz2wsx3edc", "aaaaaaaaaaaa"})
    void whatGuessersTryFirstIsNoPassword(String common) {
        HttpContract.problem(new Person(Person.anybody().email(), common).signUp(), 400, "validation_failed")
                .body("violations.pointer", contains("/password"))
                .body("violations.message", contains(containsString("common")));
    }

    @Test
    void aPasswordIsTheSameHoweverItsLettersWereTyped() {
        Person composed = new Person(Person.anybody().email(), "caf\u00e9 by the river");
        composed.signUp().statusCode(201);
        new Person(composed.email(), "cafe\u0301 by the river").logIn().statusCode(200);
    }

    @Test
    void nothingAtAllNamesWhatIsRequired() {
        HttpContract.problem(signUp(Map.of()), 400, "validation_failed")
                .body("violations.pointer", containsInAnyOrder("/email", "/password"));
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        HttpContract.problem(
                given().contentType(ContentType.JSON)
                        .header("Idempotency-Key", "x".repeat(256))
                        .body(Map.of("email", Person.anybody().email(), "password", "a long enough secret"))
                        .post("/auth/signup")
                        .then(),
                400,
                "idempotency_key_invalid");
    }

    private static ValidatableResponse signUp(Map<String, String> body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/auth/signup")
                .then();
    }

    private static <T> List<T> together(int callers, Callable<T> call) throws Exception {
        try (var threads = Executors.newFixedThreadPool(callers)) {
            List<Future<T>> calls = threads.invokeAll(Collections.nCopies(callers, call));
            return calls.stream().map(Future::resultNow).toList();
        }
    }
}
