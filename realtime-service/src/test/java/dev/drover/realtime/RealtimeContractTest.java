package dev.drover.realtime;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class RealtimeContractTest extends HttpContract {

    @Override
    protected String protectedGet() {
        return "/realtime/channels/public:contract/messages";
    }

    @Override
    protected String jsonPost() {
        return "/realtime/channels/public:contract/messages";
    }
}
