package dev.drover.jobs;

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
}
