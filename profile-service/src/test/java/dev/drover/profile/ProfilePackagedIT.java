package dev.drover.profile;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

import dev.drover.testing.PackagedContract;
import dev.drover.testing.PackagedPort;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusIntegrationTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = PackagedPort.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class ProfilePackagedIT extends PackagedContract {

    @Override
    protected String protectedGet() {
        return "/profiles/me";
    }

    @Test
    void aProfileIsWrittenAndReadByAnyone() {
        TestIdentity.Login login = logIn();
        as(login)
                .header("If-Match", "\"0\"")
                .contentType(ContentType.JSON)
                .body("{\"displayName\":\"Ada\",\"bio\":\"Herds cattle.\"}")
                .put("/profiles/me")
                .then()
                .statusCode(200)
                .body("displayName", equalTo("Ada"));

        as(login).get("/profiles/" + login.sub()).then().statusCode(200).body("bio", equalTo("Herds cattle."));
    }

    @Test
    void flagsAreEvaluated() {
        as(logIn())
                .contentType(ContentType.JSON)
                .body("{\"context\":{}}")
                .post("/ofrep/v1/evaluate/flags")
                .then()
                .statusCode(200)
                .body("flags.size()", equalTo(0));
    }
}
