package dev.drover.jobs.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import java.util.UUID;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.demo.CounterStore.CountResult;
import dev.drover.jobs.worker.GivenExecution;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.platform.jobs.JobId;
import dev.drover.testing.HttpContract;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** J-25, and what a demonstration job does. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class CountHandlerTest {

    @Inject
    CounterStore counters;

    @Inject
    ObjectMapper json;

    private final Counter counter = new Counter(Queues.OWNER, "c-" + UUID.randomUUID());

    @Test
    void eachStepCountsOnceAndWhoeverLostTheJobHasNoEffect() {
        JobId id = Queues.id(Queues.fresh());
        assertThat(counters.count(counter, id, 7, 1)).isEqualTo(CountResult.COUNTED);
        assertThat(counters.count(counter, id, 7, 1)).isEqualTo(CountResult.REPEATED);
        assertThat(counters.count(counter, id, 9, 1)).isEqualTo(CountResult.REPEATED);
        assertThat(counters.count(counter, id, 7, 2)).isEqualTo(CountResult.REFUSED);
        assertThat(counters.count(counter, id, 9, 2)).isEqualTo(CountResult.COUNTED);
        assertThat(counters.tally(counter)).isEqualTo(new CounterStore.Tally(2, 2, 1, 1));
    }

    @Test
    void ofAnErasedAccountNothingIsLeftAndNothingIsCountedAnyMore() {
        Counter gone = new Counter("usr_" + UUID.randomUUID(), "c-" + UUID.randomUUID());
        JobId id = Queues.id(Queues.fresh());
        counters.count(gone, id, 1, 1);
        counters.erase(gone.owner());
        assertThat(counters.count(gone, id, 1, 2)).isEqualTo(CountResult.REFUSED);
        assertThat(counters.tally(gone)).isEqualTo(new CounterStore.Tally(0, 0, 0, 0));
    }

    @Test
    void theCallerSeesTheirOwnCounter() {
        counters.count(counter, Queues.id(Queues.fresh()), 1, 1);
        String path = "/jobs/demo/counters/" + counter.name();
        given().header("Authorization", TestIdentity.logIn(Queues.OWNER).bearer())
                .get(path)
                .then()
                .statusCode(200)
                .body("effects", equalTo(1));
        String stranger = TestIdentity.logIn().bearer();
        given().header("Authorization", stranger)
                .get(path)
                .then()
                .statusCode(200)
                .body("effects", equalTo(0));
        HttpContract.problem(
                given().header("Authorization", stranger)
                        .get("/jobs/demo/counters/Not-one")
                        .then(),
                400,
                "validation_failed");
    }

    @Test
    void aJobHasAnEffectPerStep() throws Exception {
        assertThat(handler(true).handle(job("{\"counter\":\"%s\",\"steps\":3}".formatted(counter.name()))))
                .isEqualTo(new JobOutcome.Succeeded("{\"steps\":3}"));
        assertThat(counters.tally(counter)).isEqualTo(new CounterStore.Tally(3, 0, 0, 1));
    }

    @Test
    void aRunThatLostItsJobEndsWithoutAWord() {
        GivenExecution job = job("{\"counter\":\"%s\"}".formatted(counter.name()));
        counters.count(counter, job.id(), job.fencingToken() + 1, 1);
        assertThatThrownBy(() -> handler(true).handle(job)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void whatIsNoPayloadOrSwitchedOffIsDeadAndSaysWhy() throws Exception {
        assertThat(handler(true).handle(job("{\"counter\":\"UP\"}"))).isInstanceOf(JobOutcome.Dead.class);
        assertThat(handler(true).handle(job("{\"counter\":\"c\",\"steps\":-1}")))
                .isInstanceOf(JobOutcome.Dead.class);
        assertThat(handler(true).handle(job("{\"counter\":\"c\",\"pause\":\"PT1H\"}")))
                .isInstanceOf(JobOutcome.Dead.class);
        assertThat(handler(false).handle(job("{\"counter\":\"c\"}")))
                .isEqualTo(new JobOutcome.Dead("demonstration jobs are switched off here (JOBS_DEMO)"));
    }

    private CountHandler handler(boolean enabled) {
        return new CountHandler(counters, config(enabled), json);
    }

    private static GivenExecution job(String payload) {
        return new GivenExecution(CountHandler.TYPE, payload);
    }

    private static DemoConfig config(boolean enabled) {
        return new SmallRyeConfigBuilder()
                .withMapping(DemoConfig.class)
                .withDefaultValue("drover.jobs.demo.enabled", Boolean.toString(enabled))
                .withDefaultValue("drover.jobs.demo.pause-max", "PT1S")
                .build()
                .getConfigMapping(DemoConfig.class);
    }
}
