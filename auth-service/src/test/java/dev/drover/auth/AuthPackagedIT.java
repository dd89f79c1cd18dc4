package dev.drover.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.UUID;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

import dev.drover.testing.PackagedContract;
import dev.drover.testing.PackagedPort;
import dev.drover.testing.RedisFixture;

@QuarkusIntegrationTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@WithTestResource(value = KeyFolderFixture.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@WithTestResource(value = PackagedPort.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class AuthPackagedIT extends PackagedContract {

    @Override
    protected String protectedGet() {
        return "/auth/me";
    }

    /** Argon2id, the list of common passwords, scripts with what they share, the signing key, and bodies there and back. */
    @Test
    void whoSignsUpLogsInAndIsKnown() {
        String email = "p-" + UUID.randomUUID() + "@example.org";
        String body = "{\"email\":\"%s\",\"password\":\"counts sheep at night\"}".formatted(email);
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/auth/signup")
                .then()
                .statusCode(201);

        String token = given().contentType(ContentType.JSON)
                .body(body)
                .post("/auth/login")
                .then()
                .statusCode(200)
                .extract()
                .path("accessToken");

        given().header("Authorization", "Bearer " + token)
                .get("/auth/me")
                .then()
                .statusCode(200)
                .body("email", equalTo(email));
    }

    @Test
    void thePagesItsMailsLinkToAreThere() {
        given().get("/auth/pages/reset-password").then().statusCode(200).body(containsString("<form"));
    }
}
