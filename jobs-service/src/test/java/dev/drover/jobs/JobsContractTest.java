package dev.drover.jobs;

import java.util.Optional;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class JobsContractTest extends HttpContract {

    @Override
    protected String protectedGet() {
        return "/jobs/job_default_00000000000000000000000000";
    }

    @Override
    protected String jsonPost() {
        return "/jobs";
    }

    @Override
    protected Optional<KeyedPost> keyedPost() {
        String body = "{\"queue\":\"contract\",\"type\":\"contract.test\",\"payload\":{\"a\":%d}}";
        return Optional.of(new KeyedPost(jsonPost(), body.formatted(1), body.formatted(2)));
    }

    @Override
    protected int bodyBytesMax() {
        return 1024 * 1024;
    }
}
