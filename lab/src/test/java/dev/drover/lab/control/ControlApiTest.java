package dev.drover.lab.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.lab.fleet.Fleet;
import dev.drover.lab.fleet.Instance;
import dev.drover.lab.fleet.Trouble;
import dev.drover.lab.mailbox.Mailbox;
import dev.drover.lab.mailbox.MailboxApi;
import dev.drover.stores.process.ChildProcess.Signal;
import dev.drover.stores.process.FreePort;

class ControlApiTest {
    private static final String KILL = "/lab/instances/auth-1-abc/kill";

    private final SignalledFleet fleet = new SignalledFleet();
    private final Vertx vertx = Vertx.vertx();

    // Held: Vert.x closes a client that nobody refers to any more, and what it was waiting for never comes.
    private final HttpClient client = vertx.createHttpClient();

    private final int port = FreePort.find();

    private record Answer(int status, MultiMap headers, String body) {}

    @BeforeEach
    void listen() {
        ControlApi control =
                new ControlApi(fleet, id -> 0, new MailboxApi(new Mailbox()), "secret", port, Clock.systemUTC());
        vertx.createHttpServer()
                .requestHandler(control)
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theFleetIsShownToThisMachine() {
        Answer answer = send(HttpMethod.GET, "/lab/fleet", MultiMap.caseInsensitiveMultiMap());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getJsonArray("instances")).isEmpty();
    }

    @Test
    void killingNeedsTheToken() {
        assertThat(send(HttpMethod.POST, KILL, headers()).status()).isEqualTo(401);
        assertThat(send(HttpMethod.POST, KILL, headers("Authorization", "Bearer guess"))
                        .status())
                .isEqualTo(401);
        assertThat(fleet.signals).isEmpty();

        assertThat(send(HttpMethod.POST, KILL, headers("Authorization", "Bearer secret"))
                        .status())
                .isEqualTo(204);
        assertThat(fleet.signals).containsExactly("auth-1-abc KILL");
    }

    @Test
    void aForeignPageMayNotKillEvenWithTheToken() {
        MultiMap foreign = headers("Authorization", "Bearer secret", "Origin", "http://evil.example");
        MultiMap own = headers("Authorization", "Bearer secret", "Origin", "http://localhost:" + port);

        assertThat(send(HttpMethod.POST, KILL, foreign).status()).isEqualTo(403);
        assertThat(send(HttpMethod.POST, KILL, own).status()).isEqualTo(204);
    }

    @Test
    void aNameThatWasReboundToThisMachineIsRefused() {
        assertThat(send(HttpMethod.GET, "/lab/fleet", headers("Host", "evil.example:" + port))
                        .status())
                .isEqualTo(421);
    }

    @Test
    void anInstanceThatIsNotThereIsAProblem() {
        Answer answer = send(HttpMethod.POST, "/lab/instances/nobody/kill", headers("Authorization", "Bearer secret"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void otherSignalsAreNamedInTheBody() {
        MultiMap allowed = headers("Authorization", "Bearer secret");

        assertThat(send(HttpMethod.POST, KILL, allowed, "{\"signal\":\"STOP\"}").status())
                .isEqualTo(204);
        assertThat(send(HttpMethod.POST, KILL, allowed, "{\"signal\":\"HUP\"}").status())
                .isEqualTo(400);
        assertThat(send(HttpMethod.POST, KILL, allowed, "not json").status()).isEqualTo(400);
        assertThat(fleet.signals).containsExactly("auth-1-abc STOP");
    }

    @Test
    void thePageLoadsNothingFromElsewhere() {
        Answer page = send(HttpMethod.GET, "/", headers());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
        assertThat(send(HttpMethod.GET, "/lab/fleet.js", headers()).body()).doesNotContain("innerHTML");
        assertThat(send(HttpMethod.GET, "/nothing", headers()).status()).isEqualTo(404);
    }

    @Test
    void theApiCanBeReadAndTriedOut() {
        Answer page = send(HttpMethod.GET, "/lab/api/", headers());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("Content-Security-Policy"))
                .contains("script-src 'self';", "style-src 'self';", "connect-src 'self';");
        assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
        for (String file : page.body().split("(href|src)=\"")) {
            String path = file.replaceFirst("(?s)\".*", "");
            if (path.startsWith("/lab/api/")) {
                assertThat(send(HttpMethod.GET, path, headers()).status())
                        .as(path)
                        .isEqualTo(200);
            }
        }
        assertThat(send(HttpMethod.GET, "/lab/api", headers()).headers().get("Location"))
                .isEqualTo("/lab/api/");
        assertThat(send(HttpMethod.GET, "/lab/api/swagger-ui-bundle.js", headers())
                        .body())
                .contains("SwaggerUIBundle");
        assertThat(send(HttpMethod.GET, "/lab/api/openapi.yaml", headers()).body())
                .contains("openapi: 3.1.0", "operationId: signUp");
    }

    @Test
    void onlyTheRightMethodIsAnswered() {
        Answer answer = send(HttpMethod.GET, KILL, headers("Authorization", "Bearer secret"));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().get("Allow")).isEqualTo("POST");
    }

    private Answer send(HttpMethod method, String path, MultiMap headers) {
        return send(method, path, headers, "");
    }

    private Answer send(HttpMethod method, String path, MultiMap headers, String body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .setHeaders(headers);
        // The body is asked for inside the step that has the answer, on its event loop: a step that this thread adds
        // afterwards may come when the body has already gone by, and would wait for it for ever.
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(body)).compose(answer -> answer.body()
                        .map(whole -> new Answer(answer.statusCode(), answer.headers(), whole.toString()))))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private static MultiMap headers(String... namesAndValues) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.set(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    /** Knows one instance and remembers what it was sent. */
    private static final class SignalledFleet implements Fleet {
        private final List<String> signals = new ArrayList<>();

        @Override
        public List<Instance> instances() {
            return List.of();
        }

        @Override
        public List<Trouble> troubles() {
            return List.of();
        }

        @Override
        public void suspect(String instanceId) {
            throw new UnsupportedOperationException("the control API suspects nobody");
        }

        @Override
        public boolean signal(String instanceId, Signal signal) throws IOException {
            if (!instanceId.equals("auth-1-abc")) {
                return false;
            }
            signals.add(instanceId + " " + signal);
            return true;
        }
    }
}
