package dev.drover.jobs;

import static io.restassured.RestAssured.given;

import java.util.Map;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import dev.drover.testing.RedisFixture;
import dev.drover.testing.RoundTripCatalogue;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class JobsRoundTripsTest extends RoundTripCatalogue {

    private String job;

    @Override
    protected String service() {
        return "jobs-service";
    }

    @Override
    protected Person somebody() {
        Person person = Person.of(TestIdentity.logIn());
        job = enqueue(person.bearer()).then().statusCode(202).extract().path("id");
        return person;
    }

    @Override
    protected Map<String, Trip> trips(Person person) {
        return Map.of("GET /jobs/{id}", by -> given().headers(by).get("/jobs/" + job), "POST /jobs", this::enqueue);
    }

    private Response enqueue(Map<String, String> credentials) {
        return given().headers(credentials)
                .contentType("application/json")
                .body("{\"queue\": \"trips\", \"type\": \"test\", \"payload\": {}}")
                .post("/jobs");
    }
}
