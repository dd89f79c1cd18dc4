package dev.drover.lab.control;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

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
import dev.drover.lab.queues.QueuesApi;
import dev.drover.lab.room.LocalRoom;
import dev.drover.stores.process.ChildProcess.Signal;
import dev.drover.stores.process.FreePort;

/** The lab's pages and API on a port of this machine, for a test each, over a fleet of one instance that only notes what is done to it. */
final class RunningControlApi implements BeforeEachCallback, AfterEachCallback {
    static final String TOKEN = "0123456789abcdef";
    static final String KILL = "/lab/instances/auth-1-abc/kill";

    final SignalledFleet fleet = new SignalledFleet();
    final int port = FreePort.find();
    private final Vertx vertx = Vertx.vertx();

    // Held: Vert.x closes a client that nobody refers to any more, and what it was waiting for never comes.
    private final HttpClient client = vertx.createHttpClient();

    private Path data;

    record Answer(int status, MultiMap headers, String body) {}

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        data = Files.createTempDirectory("control-");
        Access access = Access.onThisMachine(TOKEN, port);
        LocalRoom.Parts parts = new LocalRoom.Parts(
                fleet,
                new Gateway(vertx, new NoBackends(), GatewayLimits.DEFAULTS),
                new SuiteApi(URI.create("http://127.0.0.1:" + port)),
                Map.of(),
                OptionalLong::empty,
                OptionalDouble::empty,
                JsonObject::new,
                List.of("false"),
                data);
        LocalRoom room = new LocalRoom(vertx, vertx.getOrCreateContext(), parts, access, Clock.systemUTC());
        ControlApi control = new ControlApi(
                () -> FleetView.of(fleet, id -> 0, Instant.EPOCH),
                Optional.of(new MailboxApi(new Mailbox())),
                new QueuesApi(access, Optional.empty()),
                room.api(),
                access,
                "http://127.0.0.1:9999");
        vertx.createHttpServer()
                .requestHandler(control)
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** With its token. */
    Answer act(String path, String body) {
        return send(HttpMethod.POST, path, headers("Authorization", "Bearer " + TOKEN), body);
    }

    Answer act(String path) {
        return act(path, "");
    }

    Answer get(String path, String... headers) {
        return send(HttpMethod.GET, path, headers(headers));
    }

    Answer send(HttpMethod method, String path, MultiMap headers) {
        return send(method, path, headers, "");
    }

    Answer send(HttpMethod method, String path, MultiMap headers, String body) {
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

    static MultiMap headers(String... namesAndValues) {
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
    static final class SignalledFleet implements Fleet {
        final List<String> signals = new CopyOnWriteArrayList<>();
        final Map<Service, Integer> wanted = new ConcurrentHashMap<>();
        final Set<Service> restarted = ConcurrentHashMap.newKeySet();

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
