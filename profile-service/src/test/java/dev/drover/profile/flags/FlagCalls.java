package dev.drover.profile.flags;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import dev.drover.platform.identity.Roles;
import dev.drover.testing.TestIdentity;

/** What tests ask of flags, by an admin of their own. */
record FlagCalls(TestIdentity.Login admin) {

    static final String SIMPLE =
            "{\"type\":\"boolean\",\"variants\":{\"on\":true,\"off\":false},\"defaultVariant\":\"off\"}";

    static FlagCalls byAnAdmin() {
        return new FlagCalls(TestIdentity.withRoles(Roles.ADMIN));
    }

    ValidatableResponse put(String key, String ifMatch, String document) {
        return request()
                .header("If-Match", ifMatch)
                .contentType("application/json")
                .body(document)
                .put("/flags/" + key + "?why=A%20test.")
                .then();
    }

    ValidatableResponse enable(String key, boolean enabled) {
        return request()
                .contentType("application/json")
                .body("{\"enabled\":" + enabled + "}")
                .put("/flags/" + key + "/enabled?why=Something%20burns.")
                .then();
    }

    ValidatableResponse evaluate(String key, String context) {
        return request()
                .contentType("application/json")
                .body("{\"context\":" + context + "}")
                .post("/ofrep/v1/evaluate/flags/" + key)
                .then();
    }

    RequestSpecification request() {
        return given().urlEncodingEnabled(false).header("Authorization", admin.bearer());
    }
}
