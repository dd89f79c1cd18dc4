package dev.drover.realtime;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import dev.drover.testing.RedisFixture;
import dev.drover.testing.TelemetryContract;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class RealtimeTelemetryTest extends TelemetryContract {

    @Override
    protected String protectedGet() {
        return "/realtime/channels/public:contract/messages";
    }

    @Override
    protected String protectedRoute() {
        return "/realtime/channels/{channel}/messages";
    }
}
