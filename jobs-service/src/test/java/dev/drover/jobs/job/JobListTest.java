package dev.drover.jobs.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.lease.Lease;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.jobs.lease.Verdict;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** What owners and operators see of many jobs. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class JobListTest {

    @Inject
    Queues queues;

    @Inject
    JobStore jobs;

    @Inject
    LeaseStore leases;

    private final QueueName name = Queues.fresh();
    private TestIdentity.Login admin;

    @BeforeEach
    void logIn() {
        admin = TestIdentity.logIn("usr_0123456789abcdefghjkmnpqra", Roles.ADMIN);
    }

    @Test
    void waitingJobsAreListedInTheirOrderPageByPage() {
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            added.add(queues.add(name).toString());
        }
        assertThat(walk("/jobs?queue=" + name + "&state=waiting&limit=2")).isEqualTo(added);
        assertThat(walk("/jobs?queue=" + name + "&state=dead&limit=2")).isEmpty();
        HttpContract.problem(
                asAdmin()
                        .get("/jobs?queue=" + name + "&state=waiting&cursor=nonsense")
                        .then(),
                400,
                "validation_failed");
    }

    @Test
    void endedJobsAreListedNewestFirstAndAPageStandsWhereItsLastJobWas() {
        List<String> ended = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ended.addFirst(dead("test.work").toString());
        }
        String path = "/jobs?queue=" + name + "&state=dead&limit=2";
        Response first = asAdmin().get(path);
        assertThat(first.jsonPath().getList("jobs.id")).isEqualTo(ended.subList(0, 2));
        // The job the page ended with goes; the next page begins where it was.
        asAdmin().post("/jobs/" + ended.get(1) + "/retry").then().statusCode(200);
        assertThat(asAdmin()
                        .get(path + "&cursor=" + first.path("nextCursor"))
                        .jsonPath()
                        .getList("jobs.id"))
                .isEqualTo(ended.subList(2, 4));
    }

    @Test
    void aQueueIsListedStateAfterState() {
        String dead = dead("test.work").toString();
        String running = queues.add(name).toString();
        lease();
        String first = queues.add(name).toString();
        String later = queues.add(name, "test.work", Duration.ofHours(1), 5).toString();
        String grouped = queues.add(name, JobOptions.NONE.inGroup("herd")).toString();
        List<String> all = List.of(first, grouped, later, running, dead);
        for (int limit : List.of(1, 2, 20)) {
            assertThat(walk("/jobs?queue=" + name + "&limit=" + limit)).isEqualTo(all);
        }
        assertThat(walk("/jobs?queue=" + name + "&type=test.other&limit=1")).isEmpty();
        HttpContract.problem(
                asAdmin().get("/jobs?queue=" + name + "&cursor=nonsense").then(), 400, "validation_failed");
    }

    @Test
    void anOwnerListsTheirOwnAndNobodyElses() {
        TestIdentity.Login owner = TestIdentity.logIn();
        List<String> own = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            own.addFirst(given().header("Authorization", owner.bearer())
                    .contentType(ContentType.JSON)
                    .body(Map.of("queue", name.value(), "type", "test.work"))
                    .post("/jobs")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("id"));
        }
        queues.add(name);
        Response page = given().header("Authorization", owner.bearer()).get("/jobs?limit=2");
        page.then().statusCode(200).body("jobs.owner", everyItem(equalTo(owner.sub())));
        assertThat(page.jsonPath().getList("jobs.id")).isEqualTo(own.subList(0, 2));
        given().header("Authorization", owner.bearer())
                .get(page.header("Link").replaceFirst("<(.*)>.*", "$1"))
                .then()
                .statusCode(200)
                .body("jobs.id", equalTo(own.subList(2, 3)))
                .body("nextCursor", nullValue());
        given().header("Authorization", owner.bearer())
                .get("/jobs?queue=" + name + "&state=dead")
                .then()
                .statusCode(200)
                .body("jobs", empty());
        given().header("Authorization", TestIdentity.logIn().bearer())
                .get("/jobs?queue=" + name + "&state=waiting")
                .then()
                .statusCode(200)
                .body("jobs", empty());
    }

    private List<String> walk(String path) {
        List<String> ids = new ArrayList<>();
        Response page = asAdmin().get(path);
        page.then().statusCode(200);
        ids.addAll(page.jsonPath().getList("jobs.id"));
        while (page.header("Link") != null) {
            page = asAdmin().get(page.header("Link").replaceFirst("<(.*)>.*", "$1"));
            page.then().statusCode(200);
            ids.addAll(page.jsonPath().getList("jobs.id"));
        }
        return ids;
    }

    private JobId dead(String type) {
        JobId id = queues.add(name, type, Duration.ZERO, NewJob.MAX_ATTEMPTS_DEFAULT);
        leases.fail(lease().hold(), Verdict.DEAD, "no more");
        return id;
    }

    private Lease lease() {
        return leases.lease(name, terms()).leases().getFirst();
    }

    private static LeaseTerms terms() {
        return new LeaseTerms(1, Duration.ofMinutes(1), "operator");
    }

    private RequestSpecification asAdmin() {
        return given().header("Authorization", admin.bearer());
    }
}
