package dev.drover.jobs;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import dev.drover.testing.RedisFixture;
import dev.drover.testing.TelemetryContract;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class JobsTelemetryTest extends TelemetryContract {

    @Override
    protected String protectedGet() {
        return "/jobs/job_default_00000000000000000000000000";
    }

    @Override
    protected String protectedRoute() {
        return "/jobs/{id}";
    }
}
