package dev.drover.lab.control;

import static dev.drover.lab.control.RunningControlApi.KILL;
import static dev.drover.lab.control.RunningControlApi.TOKEN;
import static dev.drover.lab.control.RunningControlApi.headers;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.lab.control.RunningControlApi.Answer;
import dev.drover.lab.fleet.Service;

/** What can be seen and done over HTTP, by who may. */
class ControlActionsTest {
    @TempDir
    Path data;

    private RunningControlApi api;

    @BeforeEach
    void listen() {
        api = new RunningControlApi(data);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void theFleetIsShownToThisMachine() {
        Answer answer = api.send(HttpMethod.GET, "/lab/fleet", MultiMap.caseInsensitiveMultiMap());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getJsonArray("instances")).isEmpty();
    }

    @Test
    void anInstanceThatIsNotThereIsAProblem() {
        Answer answer =
                api.send(HttpMethod.POST, "/lab/instances/nobody/kill", headers("Authorization", "Bearer " + TOKEN));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void otherSignalsAreNamedInTheBody() {
        MultiMap allowed = headers("Authorization", "Bearer " + TOKEN);

        assertThat(api.send(HttpMethod.POST, KILL, allowed, "{\"signal\":\"STOP\"}")
                        .status())
                .isEqualTo(204);
        assertThat(api.send(HttpMethod.POST, KILL, allowed, "{\"signal\":\"HUP\"}")
                        .status())
                .isEqualTo(400);
        assertThat(api.send(HttpMethod.POST, KILL, allowed, "not json").status())
                .isEqualTo(400);
        assertThat(api.fleet.signals).containsExactly("auth-1-abc STOP");
    }

    @Test
    void aServiceIsScaledAndRestarted() {
        MultiMap allowed = headers("Authorization", "Bearer " + TOKEN);

        assertThat(api.send(HttpMethod.POST, "/lab/services/jobs/scale", allowed, "{\"replicas\":3}")
                        .status())
                .isEqualTo(204);
        assertThat(api.fleet.wanted).containsEntry(Service.JOBS, 3);
        assertThat(api.send(HttpMethod.POST, "/lab/services/jobs/scale", allowed, "{\"replicas\":1000}")
                        .status())
                .isEqualTo(400);
        assertThat(api.send(HttpMethod.POST, "/lab/services/none/scale", allowed, "{\"replicas\":1}")
                        .status())
                .isEqualTo(404);
        assertThat(api.send(HttpMethod.POST, "/lab/services/jobs/restart", allowed)
                        .status())
                .isEqualTo(204);
        assertThat(api.send(HttpMethod.POST, "/lab/services/jobs/restart", allowed)
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aStoreThatTheLabDidNotStartIsLeftAlone() {
        MultiMap allowed = headers("Authorization", "Bearer " + TOKEN);

        assertThat(api.send(HttpMethod.POST, "/lab/stores/redis/stop", allowed).body())
                .contains("not_ours");
        assertThat(api.send(HttpMethod.POST, "/lab/stores/redis/eat", allowed).status())
                .isEqualTo(400);
    }

    @Test
    void onlyTheRightMethodIsAnswered() {
        Answer answer = api.send(HttpMethod.GET, KILL, headers("Authorization", "Bearer " + TOKEN));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().get("Allow")).isEqualTo("POST");
    }
}
