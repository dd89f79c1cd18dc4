package dev.drover.realtime;

import java.util.Optional;
import java.util.Set;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class RealtimeContractTest extends HttpContract {

    /** What is no room has no members. */
    @Override
    protected Set<String> mayRefuse() {
        return Set.of(
                "PUT /realtime/channels/{channel}/members/{sub}",
                "DELETE /realtime/channels/{channel}/members/{sub}",
                "DELETE /realtime/rooms/{channel}");
    }

    @Override
    protected String protectedGet() {
        return "/realtime/channels/public:contract/messages";
    }

    @Override
    protected String jsonPost() {
        return "/realtime/channels/public:contract/messages";
    }

    @Override
    protected Optional<KeyedPost> keyedPost() {
        return Optional.of(
                new KeyedPost("/realtime/channels/public:contract/messages", "{\"data\":1}", "{\"data\":2}"));
    }
}
