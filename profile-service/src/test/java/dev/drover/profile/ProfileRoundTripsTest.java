package dev.drover.profile;

import static io.restassured.RestAssured.given;

import java.util.Map;
import java.util.Set;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import dev.drover.testing.RedisFixture;
import dev.drover.testing.RoundTripCatalogue;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ProfileRoundTripsTest extends RoundTripCatalogue {

    @Override
    protected String service() {
        return "profile-service";
    }

    @Override
    protected Person somebody() {
        Person person = Person.of(TestIdentity.logIn());
        write(person.bearer());
        return person;
    }

    @Override
    protected Map<String, Trip> trips(Person person) {
        return Map.of(
                "GET /profiles/me", by -> given().headers(by).get("/profiles/me"),
                "GET /profiles/me/preferences", by -> given().headers(by).get("/profiles/me/preferences"),
                "GET /profiles/{id}, cached", by -> given().headers(by).get("/profiles/" + person.sub()),
                "PATCH /profiles/me", this::write);
    }

    @Override
    protected Set<String> publicTrips() {
        return Set.of("GET /profiles/{id}, cached");
    }

    private Response write(Map<String, String> credentials) {
        return given().headers(credentials)
                .header("If-Match", "*")
                .contentType("application/merge-patch+json")
                .body("{\"bio\": \"" + System.nanoTime() + "\"}")
                .patch("/profiles/me");
    }
}
