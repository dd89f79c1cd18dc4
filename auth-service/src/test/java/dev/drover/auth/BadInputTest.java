package dev.drover.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;

import java.util.Map;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.testing.HttpContract;

/** What attackers send. */
@ServiceTest
class BadInputTest {

    private static final String GOOD = "a long enough secret";

    @Test
    void aPasswordOfAMebibyteIsRefusedBeforeItIsRead() {
        HttpContract.problem(
                post("/auth/login", "{\"email\":\"a@example.org\",\"password\":\"" + "x".repeat(1 << 20) + "\"}"),
                413,
                "body_too_large");
    }

    @Test
    void aPasswordThatFitsIntoTheBodyAndIsTooLongCostsNoHash() {
        HttpContract.problem(signUp("a@example.org", "x y".repeat(10_000), "Ada"), 400, "validation_failed")
                .body("violations.pointer", contains("/password"));
        HttpContract.problem(
                        post("/auth/login", Map.of("email", "a@example.org", "password", "x".repeat(30_000))),
                        400,
                        "validation_failed")
                .body("violations.pointer", contains("/password"));
    }

    @Test
    void aBombOfBracketsIsNoJson() {
        HttpContract.problem(
                post("/auth/login", "{\"email\":" + "[".repeat(500) + "]".repeat(500) + "}"), 400, "malformed_json");
        HttpContract.problem(post("/auth/login", "{\"a\":".repeat(500) + "1" + "}".repeat(500)), 400, "malformed_json");
    }

    @Test
    void aNumberWithoutEndIsNoJson() {
        HttpContract.problem(post("/auth/login", "{\"email\":" + "9".repeat(50_000) + "}"), 400, "malformed_json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "аda@example.org", // a Cyrillic a
                "ada@example.org\u202e",
                "ada@ex\u0430mple.org", // a Cyrillic a among Latin letters
                "ada@\u03bfmega.org", // a Greek o
                "ada@ｅxample.org",
                "\u212Aate@example.org",
                "ada\u200b@example.org",
                "ada@example.org\r\nBcc: eve@example.org",
                "ada@example.org,eve@example.org",
                "\"ada eve\"@example.org",
                "ada@[127.0.0.1]"
            })
    void anAddressThatOnlyLooksLikeOneIsRefused(String email) {
        HttpContract.problem(signUp(email, GOOD, "Ada"), 400, "validation_failed")
                .body("violations.pointer", contains("/email"));
        HttpContract.problem(post("/auth/password/forgot", Map.of("email", email)), 400, "validation_failed")
                .body("violations.pointer", contains("/email"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Ada\r\nBcc: eve@example.org", "Ada\nSubject: Hello", "Ada\u2028Eve", "Ada\u202eevE", "\u0000"})
    void aNameThatWouldBeAHeaderOrTurnTheTextRoundIsRefused(String name) {
        HttpContract.problem(signUp(Person.anybody().email(), GOOD, name), 400, "validation_failed")
                .body("violations.pointer", contains("/displayName"));
    }

    private static ValidatableResponse signUp(String email, String password, String name) {
        return post("/auth/signup", Map.of("email", email, "password", password, "displayName", name));
    }

    private static ValidatableResponse post(String path, Object body) {
        return given().contentType(ContentType.JSON).body(body).post(path).then();
    }
}
