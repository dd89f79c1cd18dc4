package dev.drover.lab.control;

import static dev.drover.lab.control.RunningControlApi.KILL;
import static dev.drover.lab.control.RunningControlApi.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.drover.lab.control.RunningControlApi.Answer;
import dev.drover.lab.fleet.Service;

/** What can be seen and done over HTTP, by who may. */
class ControlActionsTest {
    @RegisterExtension
    final RunningControlApi api = new RunningControlApi();

    @Test
    void theFleetIsShownToThisMachine() {
        Answer answer = api.get("/lab/fleet");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getJsonArray("instances")).isEmpty();
    }

    @Test
    void anInstanceThatIsNotThereIsAProblem() {
        Answer answer = api.act("/lab/instances/nobody/kill");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void otherSignalsAreNamedInTheBody() {
        assertThat(api.act(KILL, "{\"signal\":\"STOP\"}").status()).isEqualTo(204);
        assertThat(api.act(KILL, "{\"signal\":\"HUP\"}").status()).isEqualTo(400);
        assertThat(api.act(KILL, "not json").status()).isEqualTo(400);
        assertThat(api.fleet.signals).containsExactly("auth-1-abc STOP");
    }

    @Test
    void aServiceIsScaledAndRestarted() {
        assertThat(api.act("/lab/services/jobs/scale", "{\"replicas\":3}").status())
                .isEqualTo(204);
        assertThat(api.fleet.wanted).containsEntry(Service.JOBS, 3);
        assertThat(api.act("/lab/services/jobs/scale", "{\"replicas\":1000}").status())
                .isEqualTo(400);
        assertThat(api.act("/lab/services/none/scale", "{\"replicas\":1}").status())
                .isEqualTo(404);
        assertThat(api.act("/lab/services/jobs/restart").status()).isEqualTo(204);
        assertThat(api.act("/lab/services/jobs/restart").status()).isEqualTo(409);
    }

    @Test
    void aStoreThatTheLabDidNotStartIsLeftAlone() {
        assertThat(api.act("/lab/stores/redis/stop").body()).contains("not_ours");
        assertThat(api.act("/lab/stores/redis/eat").status()).isEqualTo(400);
    }

    @Test
    void onlyTheRightMethodIsAnswered() {
        Answer answer = api.get(KILL, "Authorization", "Bearer " + TOKEN);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().get("Allow")).isEqualTo("POST");
    }
}
