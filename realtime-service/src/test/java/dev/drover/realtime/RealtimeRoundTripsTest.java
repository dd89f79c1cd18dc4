package dev.drover.realtime;

import static io.restassured.RestAssured.given;

import java.util.Map;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import dev.drover.testing.RedisFixture;
import dev.drover.testing.RoundTripCatalogue;
import dev.drover.testing.TestIdentity;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class RealtimeRoundTripsTest extends RoundTripCatalogue {

    private static final String MESSAGES = "/realtime/channels/public:trips/messages";

    @Override
    protected String service() {
        return "realtime-service";
    }

    @Override
    protected Person somebody() {
        return Person.of(TestIdentity.logIn());
    }

    @Override
    protected Map<String, Trip> trips(Person person) {
        return Map.of(
                "GET /realtime/channels/{channel}/messages",
                by -> given().headers(by).get(MESSAGES),
                "POST /realtime/channels/{channel}/messages",
                by -> given().headers(by)
                        .contentType("application/json")
                        .body("{\"data\": 1}")
                        .post(MESSAGES));
    }
}
