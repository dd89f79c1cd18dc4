package dev.drover.profile.profiles;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import java.util.Map;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

import dev.drover.testing.RedisFixture;

@QuarkusTest
@TestProfile(StoreDownTest.NoRedis.class)
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class StoreDownTest {

    /** Within 0.8 s and what a busy build machine adds. */
    @Test
    void withoutItsStoreTheServiceSaysSoAtOnce() {
        given().get("/profiles/usr_warmup");
        problem(given().get("/profiles/usr_a").then(), 503, "store_unavailable")
                .header("Retry-After", equalTo("1"))
                .time(lessThan(2_000L));
    }

    public static final class NoRedis implements QuarkusTestProfile {

        /** Nothing listens on port 1. */
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.redis.hosts", "redis://127.0.0.1:1",
                    "quarkus.redis.timeout", "PT0.8S",
                    "drover.redis.timeout", "PT0.8S");
        }
    }
}
