package dev.drover.jobs;

import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

import dev.drover.testing.Eventually;
import dev.drover.testing.ObjectStoreFixture;
import dev.drover.testing.PackagedContract;
import dev.drover.testing.PackagedPort;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

@QuarkusIntegrationTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ObjectStoreFixture.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(
        value = PackagedPort.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = @ResourceArg(name = "JOBS_DEMO", value = "true"))
class JobsPackagedIT extends PackagedContract {

    @Override
    protected String protectedGet() {
        return "/jobs/job_default_00000000000000000000000000";
    }

    private static final Duration DONE_WITHIN = Duration.ofSeconds(20);

    /** Added by a request, run by the worker beside it. */
    @Test
    void aJobIsAddedAndRun() {
        TestIdentity.Login login = logIn();
        String id = as(login)
                .contentType(ContentType.JSON)
                .body("""
                        {"queue":"default","type":"demo.count","payload":{"counter":"first","steps":3,"pause":"PT0S"}}""")
                .post("/jobs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        Eventually.within(DONE_WITHIN)
                .untilAsserted(() ->
                        as(login).get("/jobs/" + id).then().statusCode(200).body("state", equalTo("succeeded")));
    }
}
