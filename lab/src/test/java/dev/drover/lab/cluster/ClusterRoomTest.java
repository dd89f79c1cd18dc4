package dev.drover.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.stores.process.FreePort;
import dev.drover.testing.Eventually;

/** Who may look and act where others can reach the room, and that what acts reaches the cluster. */
class ClusterRoomTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String POD = "auth-service-1-a";
    private static final String KILL = "/lab/instances/" + POD + "/kill";

    @TempDir
    Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ApiServer api = new ApiServer();
    private URI address;
    private ClusterRoom room;

    @BeforeEach
    void open() throws Exception {
        api.add(ApiServer.deployment("auth-service", 1));
        api.add(ApiServer.pod(POD, "auth-service"));
        api.add(ApiServer.pod("redis-0", "redis"));
        int port = FreePort.find();
        address = URI.create("http://127.0.0.1:" + port);
        Map<String, String> environment = Map.of(
                "LAB_NAMESPACE", ApiServer.NAMESPACE,
                "LAB_TOKEN_FILE",
                        Files.writeString(folder.resolve("token"), TOKEN).toString(),
                "LAB_DATA", folder.resolve("data").toString(),
                "LAB_EDGE_URL", "http://127.0.0.1:" + FreePort.find(),
                "PUBLIC_BASE_URL", address.toString(),
                "BIND_HOST", "127.0.0.1",
                "PORT", Integer.toString(port));
        room = ClusterRoom.start(api.newClient(), RoomSettings.of(environment), environment, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        room.close();
        http.close();
        api.close();
    }

    @Test
    void lookingNeedsTheTokenAndTheFilesOfThePagesDoNot() throws Exception {
        for (String path :
                List.of("/lab/stream", "/lab/fleet", "/lab/proofs", "/lab/mailbox", "/lab/proofs/x/report")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(get(path, "Authorization", "Bearer guess").statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(get("/lab/key", "Sec-Fetch-Site", "same-origin").statusCode())
                .isIn(401, 403);
        assertThat(get("/").statusCode()).isEqualTo(200);
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);
        Eventually.within(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        get("/lab/fleet", "Authorization", "Bearer " + TOKEN).body())
                .contains(POD));
        assertThat(get("/lab/mailbox", "Authorization", "Bearer " + TOKEN).body())
                .contains("no_mailbox");
    }

    @Test
    void whateverActsNeedsTheTokenAndTheOwnOrigin() throws Exception {
        for (String path : List.of(
                KILL,
                "/lab/services/auth/scale",
                "/lab/services/auth/restart",
                "/lab/stores/redis/kill",
                "/lab/stores/s3/kill",
                "/lab/load",
                "/lab/proofs",
                "/lab/proofs/end")) {
            assertThat(post(path, "{}").statusCode()).as(path).isEqualTo(401);
            assertThat(post(path, "{}", "Authorization", "Bearer " + TOKEN, "Origin", "https://evil.example")
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
            assertThat(post(path, "{}", "Authorization", "Bearer " + TOKEN, "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(api.hasPod(POD)).isTrue();
        assertThat(api.hasPod("redis-0")).isTrue();
    }

    @Test
    void whoHasTheTokenKillsAPodAndAStoreAndNothingThatAPodCannotDo() throws Exception {
        awaitFleet();
        assertThat(act(KILL, "{\"signal\":\"STOP\"}").body()).contains("not_possible_here");
        assertThat(act(KILL, "{}").statusCode()).isEqualTo(204);
        assertThat(api.hasPod(POD)).isFalse();

        assertThat(act("/lab/stores/s3/kill", "{}").body()).contains("not_ours");
        assertThat(act("/lab/stores/redis/kill", "{}").statusCode()).isEqualTo(204);
        assertThat(api.hasPod("redis-0")).isFalse();
    }

    @Test
    void whatASuiteServesIsPassedOnToItsEdge() throws Exception {
        // Nobody is there: so it was tried.
        assertThat(get("/auth/me").body()).contains("instance_lost");
    }

    private void awaitFleet() {
        Eventually.within(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonObject fleet = new JsonObject(
                    get("/lab/fleet", "Authorization", "Bearer " + TOKEN).body());
            assertThat(fleet.getJsonArray("instances")).hasSize(1);
        });
    }

    private HttpResponse<String> act(String path, String body) throws Exception {
        return post(path, body, "Authorization", "Bearer " + TOKEN, "Origin", address.toString());
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(address.resolve(path)), headers);
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return send(
                HttpRequest.newBuilder(address.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws Exception {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
