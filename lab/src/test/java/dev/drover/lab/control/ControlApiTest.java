package dev.drover.lab.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

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
import org.junit.jupiter.api.io.TempDir;

import dev.drover.lab.access.Access;
import dev.drover.lab.fleet.Fleet;
import dev.drover.lab.fleet.Instance;
import dev.drover.lab.fleet.Service;
import dev.drover.lab.fleet.Trouble;
import dev.drover.lab.gateway.Backend;
import dev.drover.lab.gateway.Backends;
import dev.drover.lab.gateway.Gateway;
import dev.drover.lab.gateway.GatewayLimits;
import dev.drover.lab.mailbox.Mailbox;
import dev.drover.lab.mailbox.MailboxApi;
import dev.drover.lab.operator.SuiteApi;
import dev.drover.lab.room.ControlRoom;
import dev.drover.stores.process.ChildProcess.Signal;
import dev.drover.stores.process.FreePort;

class ControlApiTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String KILL = "/lab/instances/auth-1-abc/kill";

    @TempDir
    Path data;

    private final SignalledFleet fleet = new SignalledFleet();
    private final Vertx vertx = Vertx.vertx();

    // Held: Vert.x closes a client that nobody refers to any more, and what it was waiting for never comes.
    private final HttpClient client = vertx.createHttpClient();

    private final int port = FreePort.find();

    private record Answer(int status, MultiMap headers, String body) {}

    @BeforeEach
    void listen() {
        Access access = Access.onThisMachine(TOKEN, port);
        ControlRoom.Parts parts = new ControlRoom.Parts(
                fleet,
                new Gateway(vertx, new NoBackends(), GatewayLimits.DEFAULTS),
                new SuiteApi(URI.create("http://127.0.0.1:" + port)),
                Map.of(),
                OptionalLong::empty,
                OptionalDouble::empty,
                JsonObject::new,
                List.of("false"),
                data);
        ControlRoom room = new ControlRoom(vertx, vertx.getOrCreateContext(), parts, access, Clock.systemUTC());
        ControlApi control = new ControlApi(
                fleet,
                id -> 0,
                new MailboxApi(new Mailbox()),
                room.api(),
                access,
                "http://127.0.0.1:9999",
                Clock.systemUTC());
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

        assertThat(send(HttpMethod.POST, KILL, headers("Authorization", "Bearer " + TOKEN))
                        .status())
                .isEqualTo(204);
        assertThat(fleet.signals).containsExactly("auth-1-abc KILL");
    }

    @Test
    void aForeignPageMayNotKillEvenWithTheToken() {
        MultiMap foreign = headers("Authorization", "Bearer " + TOKEN, "Origin", "http://evil.example");
        MultiMap own = headers("Authorization", "Bearer " + TOKEN, "Origin", "http://localhost:" + port);

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
        Answer answer =
                send(HttpMethod.POST, "/lab/instances/nobody/kill", headers("Authorization", "Bearer " + TOKEN));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void otherSignalsAreNamedInTheBody() {
        MultiMap allowed = headers("Authorization", "Bearer " + TOKEN);

        assertThat(send(HttpMethod.POST, KILL, allowed, "{\"signal\":\"STOP\"}").status())
                .isEqualTo(204);
        assertThat(send(HttpMethod.POST, KILL, allowed, "{\"signal\":\"HUP\"}").status())
                .isEqualTo(400);
        assertThat(send(HttpMethod.POST, KILL, allowed, "not json").status()).isEqualTo(400);
        assertThat(fleet.signals).containsExactly("auth-1-abc STOP");
    }

    @Test
    void whateverDestroysIsRefusedWithoutTheTokenAndToForeignPages() {
        List<String> paths = List.of(
                KILL,
                "/lab/services/auth/scale",
                "/lab/services/auth/restart",
                "/lab/stores/redis/stop",
                "/lab/stores/s3/cut",
                "/lab/load",
                "/lab/proofs",
                "/lab/proofs/end");
        for (String path : paths) {
            assertThat(send(HttpMethod.POST, path, headers()).status()).as(path).isEqualTo(401);
            assertThat(send(
                                    HttpMethod.POST,
                                    path,
                                    headers("Authorization", "Bearer " + TOKEN, "Origin", "https://evil.example"))
                            .status())
                    .as(path)
                    .isEqualTo(403);
            assertThat(send(
                                    HttpMethod.POST,
                                    path,
                                    headers("Authorization", "Bearer " + TOKEN, "Sec-Fetch-Site", "cross-site"))
                            .status())
                    .as(path)
                    .isEqualTo(403);
            assertThat(send(HttpMethod.GET, path, headers("Authorization", "Bearer " + TOKEN))
                            .status())
                    .as(path)
                    .isIn(200, 405);
        }
        assertThat(fleet.signals).isEmpty();
        assertThat(fleet.wanted).isEmpty();
        assertThat(fleet.restarted).isEmpty();
    }

    @Test
    void theTokenIsGivenToTheOwnPageOnly() {
        assertThat(send(HttpMethod.GET, "/lab/key", headers("Sec-Fetch-Site", "same-origin"))
                        .body())
                .contains(TOKEN);
        assertThat(send(HttpMethod.GET, "/lab/key", headers()).status()).isEqualTo(403);
        assertThat(send(HttpMethod.GET, "/lab/key", headers("Sec-Fetch-Site", "cross-site"))
                        .status())
                .isEqualTo(403);
        assertThat(send(
                                HttpMethod.GET,
                                "/lab/key",
                                headers("Sec-Fetch-Site", "same-origin", "Origin", "http://evil.example"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aServiceIsScaledAndRestarted() {
        MultiMap allowed = headers("Authorization", "Bearer " + TOKEN);

        assertThat(send(HttpMethod.POST, "/lab/services/jobs/scale", allowed, "{\"replicas\":3}")
                        .status())
                .isEqualTo(204);
        assertThat(fleet.wanted).containsEntry(Service.JOBS, 3);
        assertThat(send(HttpMethod.POST, "/lab/services/jobs/scale", allowed, "{\"replicas\":1000}")
                        .status())
                .isEqualTo(400);
        assertThat(send(HttpMethod.POST, "/lab/services/none/scale", allowed, "{\"replicas\":1}")
                        .status())
                .isEqualTo(404);
        assertThat(send(HttpMethod.POST, "/lab/services/jobs/restart", allowed).status())
                .isEqualTo(204);
        assertThat(send(HttpMethod.POST, "/lab/services/jobs/restart", allowed).status())
                .isEqualTo(409);
    }

    @Test
    void aStoreThatTheLabDidNotStartIsLeftAlone() {
        MultiMap allowed = headers("Authorization", "Bearer " + TOKEN);

        assertThat(send(HttpMethod.POST, "/lab/stores/redis/stop", allowed).body())
                .contains("not_ours");
        assertThat(send(HttpMethod.POST, "/lab/stores/redis/eat", allowed).status())
                .isEqualTo(400);
    }

    @Test
    void everyFileOfEveryPageIsThere() {
        for (String page : List.of("/", "/lab/playground", "/lab/mailbox", "/lab/api/")) {
            Answer answer = send(HttpMethod.GET, page, headers("Accept", "text/html"));
            assertThat(answer.status()).as(page).isEqualTo(200);
            assertThat(answer.headers().get("Content-Security-Policy"))
                    .as(page)
                    .doesNotContain("unsafe")
                    .contains("script-src 'self'");
            for (String path : referred(answer.body())) {
                Answer file = send(HttpMethod.GET, path, headers("Accept", "text/html"));
                assertThat(file.status()).as(page + " needs " + path).isEqualTo(200);
                importedBy(file.body()).forEach(script -> assertThat(send(HttpMethod.GET, "/lab/" + script, headers())
                                .status())
                        .as(path + " imports " + script)
                        .isEqualTo(200));
            }
        }
    }

    private static List<String> referred(String page) {
        return Pattern.compile("(?:href|src)=\"(/[^\"#]*)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static List<String> importedBy(String script) {
        return Pattern.compile("^import .* from \"\\./([a-z-]+\\.js)\"", Pattern.MULTILINE)
                .matcher(script)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void thePageLoadsNothingFromElsewhere() {
        Answer page = send(HttpMethod.GET, "/", headers());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
        assertThat(send(HttpMethod.GET, "/lab/herd.js", headers()).body()).doesNotContain("innerHTML");
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
        Answer answer = send(HttpMethod.GET, KILL, headers("Authorization", "Bearer " + TOKEN));

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

    /** Nothing is behind the gateway here. */
    private static final class NoBackends implements Backends {
        @Override
        public Optional<String> serviceFor(String path) {
            return Optional.empty();
        }

        @Override
        public List<Backend> ready(String service) {
            return List.of();
        }

        @Override
        public boolean responds(Backend backend) {
            return false;
        }

        @Override
        public void suspect(Backend backend) {
            throw new UnsupportedOperationException("there is none");
        }
    }

    /** Knows one instance and remembers what it was sent. */
    private static final class SignalledFleet implements Fleet {
        private final List<String> signals = new CopyOnWriteArrayList<>();
        private final Map<Service, Integer> wanted = new ConcurrentHashMap<>();
        private final Set<Service> restarted = ConcurrentHashMap.newKeySet();

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
        public int wanted(Service service) {
            return wanted.getOrDefault(service, 2);
        }

        @Override
        public void scale(Service service, int replicas) {
            wanted.put(service, replicas);
        }

        @Override
        public boolean restart(Service service) {
            return restarted.add(service);
        }

        @Override
        public boolean isRestarting(Service service) {
            return restarted.contains(service);
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
