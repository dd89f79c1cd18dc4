package dev.drover.profile.profiles;

import static io.restassured.RestAssured.given;

import java.nio.charset.StandardCharsets;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import dev.drover.testing.TestIdentity;

/** Somebody who is logged in and writes their profile. */
record ProfileWriter(TestIdentity.Login login) {

    private static final String ME = "/profiles/me";

    RequestSpecification request() {
        return given().header("Authorization", login.bearer());
    }

    RequestSpecification keyed(String key, String ifMatch) {
        return request().header("If-Match", ifMatch).header("Idempotency-Key", key);
    }

    ValidatableResponse put(String ifMatch, String body) {
        return put(request().header("If-Match", ifMatch), body);
    }

    static ValidatableResponse put(RequestSpecification request, String body) {
        return request.contentType(ContentType.JSON).body(body).put(ME).then();
    }

    ValidatableResponse patch(String ifMatch, String body) {
        return patch(request().header("If-Match", ifMatch), body);
    }

    static ValidatableResponse patch(RequestSpecification request, String body) {
        return request.contentType(MyProfileResource.MERGE_PATCH)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .patch(ME)
                .then();
    }
}
