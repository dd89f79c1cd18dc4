package dev.drover.profile;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import dev.drover.testing.RedisFixture;
import dev.drover.testing.TelemetryContract;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ProfileTelemetryTest extends TelemetryContract {

    @Override
    protected String protectedGet() {
        return "/profiles/me";
    }
}
