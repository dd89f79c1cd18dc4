package dev.drover.auth;

import static io.restassured.RestAssured.given;

import java.util.Map;
import java.util.UUID;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** Somebody who signs up and logs in over HTTP. */
public record Person(String email, String password) {

    public static Person anybody() {
        return new Person("p" + UUID.randomUUID().toString().replace("-", "") + "@example.org", "a long enough secret");
    }

    public static Person signedUp() {
        Person person = Person.anybody();
        person.signUp().statusCode(201);
        return person;
    }

    public ValidatableResponse signUp() {
        return given().contentType(ContentType.JSON)
                .body(Map.of("email", email, "password", password, "displayName", "Ada"))
                .post("/auth/signup")
                .then();
    }

    public ValidatableResponse signUp(String idempotencyKey) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", idempotencyKey)
                .body(Map.of("email", email, "password", password, "displayName", "Ada"))
                .post("/auth/signup")
                .then();
    }

    public ValidatableResponse logIn() {
        return given().contentType(ContentType.JSON)
                .body(Map.of("email", email, "password", password))
                .post("/auth/login")
                .then();
    }

    public ValidatableResponse logIn(String idempotencyKey) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", idempotencyKey)
                .body(Map.of("email", email, "password", password))
                .post("/auth/login")
                .then();
    }

    public static ValidatableResponse refresh(String refreshToken) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("refreshToken", refreshToken))
                .post("/auth/refresh")
                .then();
    }

    public static ValidatableResponse me(String accessToken) {
        return given().header("Authorization", "Bearer " + accessToken)
                .get("/auth/me")
                .then();
    }

    public static void logOut(String accessToken) {
        given().header("Authorization", "Bearer " + accessToken)
                .post("/auth/logout")
                .then()
                .statusCode(204);
    }
}
