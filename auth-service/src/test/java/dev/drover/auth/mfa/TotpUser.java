package dev.drover.auth.mfa;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.bouncycastle.util.encoders.Base32;

import dev.drover.auth.Person;

/** Somebody with an account who is logged in, and what they do with a second factor over HTTP. */
final class TotpUser {

    private final Person person = Person.anybody();
    private final String sub;
    private final String bearer;

    private TotpUser() {
        sub = person.signUp().statusCode(201).extract().path("id");
        bearer = "Bearer " + person.logIn().statusCode(200).extract().path("accessToken");
    }

    static TotpUser loggedIn() {
        return new TotpUser();
    }

    String email() {
        return person.email();
    }

    String password() {
        return person.password();
    }

    String sub() {
        return sub;
    }

    String bearer() {
        return bearer;
    }

    TotpSecret enrolled() {
        return new TotpSecret(Base32.decode(enrol().statusCode(200).extract().<String>path("secret")));
    }

    /** Without a body, as the pages ask. */
    ValidatableResponse enrol() {
        return given().header("Authorization", bearer).post("/auth/mfa/totp").then();
    }

    ValidatableResponse confirm(String code) {
        return post("/auth/mfa/totp/confirm", Map.of("code", code));
    }

    ValidatableResponse confirm(String key, String code) {
        return given().header("Authorization", bearer)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(Map.of("code", code))
                .post("/auth/mfa/totp/confirm")
                .then();
    }

    ValidatableResponse renew(String code) {
        return post("/auth/mfa/totp/recovery-codes", Map.of("code", code));
    }

    ValidatableResponse disable(Map<String, String> body) {
        return post("/auth/mfa/totp/disable", body);
    }

    void hasState(String state, int recoveryCodes) {
        given().header("Authorization", bearer)
                .get("/auth/mfa/totp")
                .then()
                .statusCode(200)
                .body("state", equalTo(state))
                .body("recoveryCodesLeft", equalTo(recoveryCodes));
    }

    /** By the password alone. */
    ValidatableResponse logIn() {
        return person.logIn();
    }

    ValidatableResponse logIn(String code) {
        return logIn(Map.of(), Map.of("totp", code));
    }

    ValidatableResponse logIn(String key, String code) {
        return logIn(Map.of("Idempotency-Key", key), Map.of("totp", code));
    }

    ValidatableResponse recover(String code) {
        return logIn(Map.of(), Map.of("recoveryCode", code));
    }

    private ValidatableResponse logIn(Map<String, String> headers, Map<String, String> proof) {
        Map<String, String> body = new HashMap<>(proof);
        body.put("email", email());
        body.put("password", password());
        return given().headers(headers)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/auth/login")
                .then();
    }

    private ValidatableResponse post(String path, Map<String, String> body) {
        return given().header("Authorization", bearer)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then();
    }

    /** No code of this minute. */
    static String wrong(TotpSecret secret) {
        long step = TotpSecret.step(Instant.now());
        return LongStream.rangeClosed(step - 2, step + 3).mapToObj(secret::code).anyMatch("000000"::equals)
                ? "111111"
                : "000000";
    }
}
