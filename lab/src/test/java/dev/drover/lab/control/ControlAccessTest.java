package dev.drover.lab.control;

import static dev.drover.lab.control.RunningControlApi.KILL;
import static dev.drover.lab.control.RunningControlApi.TOKEN;
import static dev.drover.lab.control.RunningControlApi.headers;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is let near what destroys, on this machine. */
class ControlAccessTest {
    @RegisterExtension
    final RunningControlApi api = new RunningControlApi();

    @Test
    void killingNeedsTheToken() {
        assertThat(api.send(HttpMethod.POST, KILL, headers()).status()).isEqualTo(401);
        assertThat(api.send(HttpMethod.POST, KILL, headers("Authorization", "Bearer guess"))
                        .status())
                .isEqualTo(401);
        assertThat(api.fleet.signals).isEmpty();

        assertThat(api.send(HttpMethod.POST, KILL, headers("Authorization", "Bearer " + TOKEN))
                        .status())
                .isEqualTo(204);
        assertThat(api.fleet.signals).containsExactly("auth-1-abc KILL");
    }

    @Test
    void aForeignPageMayNotKillEvenWithTheToken() {
        MultiMap foreign = headers("Authorization", "Bearer " + TOKEN, "Origin", "http://evil.example");
        MultiMap own = headers("Authorization", "Bearer " + TOKEN, "Origin", "http://localhost:" + api.port);

        assertThat(api.send(HttpMethod.POST, KILL, foreign).status()).isEqualTo(403);
        assertThat(api.send(HttpMethod.POST, KILL, own).status()).isEqualTo(204);
    }

    @Test
    void aNameThatWasReboundToThisMachineIsRefused() {
        assertThat(api.get("/lab/fleet", "Host", "evil.example:" + api.port).status())
                .isEqualTo(421);
    }

    @Test
    void whateverDestroysIsRefusedWithoutTheTokenAndToForeignPages() {
        List<String> paths = List.of(
                KILL,
                "/lab/services/auth/scale",
                "/lab/services/auth/restart",
                "/lab/stores/redis/stop",
                "/lab/stores/redis/start",
                "/lab/stores/redis/cut",
                "/lab/stores/redis/join",
                "/lab/stores/s3/stop",
                "/lab/stores/s3/cut",
                "/lab/load",
                "/lab/queues/default/pause",
                "/lab/queues/default/redrive",
                "/lab/queues/default/drain",
                "/lab/proofs",
                "/lab/proofs/end");
        for (String path : paths) {
            assertThat(api.send(HttpMethod.POST, path, headers()).status())
                    .as(path)
                    .isEqualTo(401);
            assertThat(api.send(
                                    HttpMethod.POST,
                                    path,
                                    headers("Authorization", "Bearer " + TOKEN, "Origin", "https://evil.example"))
                            .status())
                    .as(path)
                    .isEqualTo(403);
            assertThat(api.send(
                                    HttpMethod.POST,
                                    path,
                                    headers("Authorization", "Bearer " + TOKEN, "Sec-Fetch-Site", "cross-site"))
                            .status())
                    .as(path)
                    .isEqualTo(403);
            assertThat(api.get(path, "Authorization", "Bearer " + TOKEN).status())
                    .as(path)
                    .isIn(200, 405);
        }
        assertThat(api.fleet.signals).isEmpty();
        assertThat(api.fleet.wanted).isEmpty();
        assertThat(api.fleet.restarted).isEmpty();
    }

    @Test
    void whereTheLabIsNoAdminOfTheSuiteThereAreNoQueues() {
        MultiMap own = headers("Authorization", "Bearer " + TOKEN);

        assertThat(api.send(HttpMethod.GET, "/lab/queues", own).body()).contains("no_admin");
        assertThat(api.send(HttpMethod.POST, "/lab/queues/default/pause", own).body())
                .contains("no_admin");
        assertThat(api.send(HttpMethod.POST, "/lab/queues/default/burn", own).status())
                .isEqualTo(404);
    }

    @Test
    void theTokenIsGivenToTheOwnPageOnly() {
        assertThat(api.get("/lab/key", "Sec-Fetch-Site", "same-origin").body()).contains(TOKEN);
        assertThat(api.get("/lab/key").status()).isEqualTo(403);
        assertThat(api.get("/lab/key", "Sec-Fetch-Site", "cross-site").status()).isEqualTo(403);
        assertThat(api.send(
                                HttpMethod.GET,
                                "/lab/key",
                                headers("Sec-Fetch-Site", "same-origin", "Origin", "http://evil.example"))
                        .status())
                .isEqualTo(403);
    }
}
