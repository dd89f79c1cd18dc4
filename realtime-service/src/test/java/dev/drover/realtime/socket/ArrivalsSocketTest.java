package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.drover.testing.Eventually;
import dev.drover.testing.RecordsRoundTrips;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RedisNodes;
import dev.drover.testing.RoundTrips;
import dev.drover.testing.TestIdentity;

/**
 * More clients than an instance may find out about at once. Redis is made to take no writes, which holds whoever is being admitted for as long as
 * the test likes.
 */
@QuarkusTest
@TestProfile(ArrivalsSocketTest.Few.class)
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ArrivalsSocketTest {

    private static final int AT_ONCE = 2;
    private static final int UNAUTHENTICATED = 3;
    private static final int MANY = 30;
    private static final Duration SOON = Duration.ofSeconds(30);

    /** Longer than a test; it ends it itself. */
    private static final String PAUSE_MILLIS = "60000";

    public static final class Few implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "drover.realtime.socket.handshakes-max", Integer.toString(AT_ONCE),
                    "drover.realtime.socket.unauthenticated-max", Integer.toString(UNAUTHENTICATED),
                    "drover.realtime.socket.authentication-timeout", "PT15S",
                    "drover.redis.timeout", "PT20S",
                    "quarkus.redis.timeout", "PT20S");
        }
    }

    @Inject
    Arrivals arrivals;

    @Inject
    Clients clients;

    @Inject
    MeterRegistry meters;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final TestIdentity.Login alice = TestIdentity.logIn();
    private final RedisNodes redis = RedisNodes.ofTheService();

    @AfterEach
    void everythingIsFreeAgain() {
        redis.ask("CLIENT", "UNPAUSE");
        Eventually.within(SOON).untilAsserted(() -> assertThat(handshake()).startsWith("HTTP/1.1 101"));
        Eventually.within(SOON).untilAsserted(this::assertNobodyIsThere);
    }

    @Test
    void beyondTheBoundAHandshakeIsRefusedAndWhoIsUnderWayGetsIn() throws Exception {
        double before = refused("too_many_handshakes");
        redis.ask("CLIENT", "PAUSE", PAUSE_MILLIS, "WRITE");
        try (RawSocket underWay = RawSocket.open(port, alice.bearer())) {
            Eventually.within(SOON)
                    .untilAsserted(() -> assertThat(arrivals.underWay()).isEqualTo(1));
            Arrivals.Place another = arrivals.tryTake().orElseThrow();

            assertThat(atOnce(MANY)).allSatisfy(answer -> assertThat(answer)
                    .startsWith("HTTP/1.1 503")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .containsPattern("(?i)retry-after: [123]\r\n")
                    .contains("\"code\":\"too_many_handshakes\""));
            assertThat(refused("too_many_handshakes") - before).isEqualTo(MANY);

            another.giveBack();
            redis.ask("CLIENT", "UNPAUSE");
            assertThat(underWay.text()).contains("\"ready\"");
        }
    }

    @Test
    @RecordsRoundTrips
    void whoIsRefusedCostsRedisNothing() {
        List<Arrivals.Place> held =
                List.of(arrivals.tryTake().orElseThrow(), arrivals.tryTake().orElseThrow());
        // What the instance does by itself now and then may fall into any.
        assertThat(IntStream.range(0, 8)
                        .mapToObj(turn -> RoundTrips.of(() -> {
                            assertThat(handshake()).startsWith("HTTP/1.1 503");
                        })))
                .anyMatch(asked -> asked.waits().isEmpty());
        held.forEach(Arrivals.Place::giveBack);
        assertThat(handshake()).startsWith("HTTP/1.1 101");
    }

    /** In small what a killed instance sends to the others. */
    @Test
    void ofManyAtOnceAllGetInByComingAgain() throws Exception {
        double before = refused("too_many_handshakes");
        redis.ask("CLIENT", "PAUSE", PAUSE_MILLIS, "WRITE");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all = IntStream.range(0, MANY)
                    .mapToObj(i -> threads.submit(this::firstFrameInTheEnd))
                    .toList();
            Eventually.within(SOON).untilAsserted(() -> assertThat(refused("too_many_handshakes") - before)
                    .isGreaterThanOrEqualTo(MANY - AT_ONCE));
            redis.ask("CLIENT", "UNPAUSE");
            for (Future<String> one : all) {
                assertThat(one.get()).contains("\"ready\"");
            }
        }
    }

    @Test
    void aHandshakeThatIsRefusedForWhatItShowsLeavesItsPlace() throws IOException {
        TestIdentity.Login gone = TestIdentity.logIn();
        gone.revoke();
        for (int i = 0; i < 2 * AT_ONCE; i++) {
            assertThat(RawSocket.handshake(port, "Authorization: Bearer nonsense\r\n"))
                    .startsWith("HTTP/1.1 401");
            assertThat(RawSocket.handshake(port, "Authorization: " + gone.bearer() + "\r\n"))
                    .startsWith("HTTP/1.1 401");
            assertThat(RawSocket.handshake(port, "Cookie: " + gone.cookieHeader() + "\r\n"))
                    .startsWith("HTTP/1.1 101");
        }
    }

    /** The transport refuses it after it was permitted. */
    @Test
    void aHandshakeTheTransportDoesNotLikeLeavesItsPlace() throws IOException {
        for (int i = 0; i < 2 * AT_ONCE; i++) {
            String upgrade = new String(
                    RawSocket.upgrade("Authorization: " + alice.bearer() + "\r\n"), StandardCharsets.US_ASCII);
            assertThat(RawSocket.exchange(port, upgrade.replace("Host: localhost", "Host: a b")))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void clientsThatGoInTheMiddleLeaveTheirPlaces() throws IOException {
        for (int round = 0; round < 3; round++) {
            // Nothing is answered meanwhile: whoever comes goes before Redis has said who it is.
            redis.ask("CLIENT", "PAUSE", "300", "ALL");
            for (int i = 0; i < MANY; i++) {
                RawSocket.asked(port, alice.bearer()).reset();
            }
            Eventually.within(SOON).untilAsserted(this::assertNobodyIsThere);
        }
        redis.ask("CLIENT", "PAUSE", PAUSE_MILLIS, "WRITE");
        // What holds them is a write to Redis, or a read behind it on the same connection.
        List<RawSocket> underWay = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            underWay.add(RawSocket.asked(port, alice.bearer()));
        }
        Eventually.within(SOON)
                .untilAsserted(() -> assertThat(arrivals.underWay()).isEqualTo(AT_ONCE));
        for (RawSocket socket : underWay) {
            socket.reset();
        }
        redis.ask("CLIENT", "UNPAUSE");
    }

    @Test
    void aFailureOfRedisLeavesThePlace() throws IOException {
        redis.ask("CLIENT", "PAUSE", PAUSE_MILLIS, "WRITE");
        try (RawSocket socket = RawSocket.open(port, alice.bearer())) {
            Eventually.within(SOON)
                    .untilAsserted(() -> assertThat(arrivals.underWay()).isEqualTo(1));
            redis.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            assertThat(socket.text()).contains("\"store_unavailable\"");
            assertThat(socket.closeCode()).isEqualTo(1011);
        }
    }

    @Test
    void whoAuthenticatesByTheFirstFrameWaitsForATurn() {
        List<Arrivals.Place> held =
                List.of(arrivals.tryTake().orElseThrow(), arrivals.tryTake().orElseThrow());
        held.getFirst().giveBack();
        try (LiveSocket socket = LiveSocket.open(port)) {
            Arrivals.Place second = arrivals.tryTake().orElseThrow();
            socket.send("{\"type\":\"auth\",\"token\":\"" + alice.token() + "\"}");
            Eventually.within(SOON).until(arrivals::isAwaited);
            // Nor does anybody go before it.
            held.getLast().giveBack();
            socket.next("ready");
            second.giveBack();
        }
    }

    @Test
    void socketsThatHaveNotAuthenticatedAreBoundedInNumber() throws IOException {
        List<RawSocket> strangers = new ArrayList<>();
        try (LiveSocket first = LiveSocket.open(port)) {
            for (int i = 1; i < UNAUTHENTICATED; i++) {
                RawSocket stranger = RawSocket.connect(port);
                strangers.add(stranger);
                stranger.bytes(RawSocket.upgrade(""));
            }
            Eventually.within(SOON)
                    .untilAsserted(() -> assertThat(clients.unauthenticated()).isEqualTo(UNAUTHENTICATED));

            assertThat(RawSocket.handshake(port, ""))
                    .startsWith("HTTP/1.1 503")
                    .containsIgnoringCase("retry-after: ")
                    .contains("\"code\":\"too_many_unauthenticated\"");
            // They keep nobody out who shows who it is.
            try (RawSocket known = RawSocket.open(port, alice.bearer())) {
                assertThat(known.text()).contains("\"ready\"");
            }

            first.authenticate(alice);
            assertThat(RawSocket.handshake(port, "")).startsWith("HTTP/1.1 101");
        } finally {
            close(strangers);
        }
    }

    private void assertNobodyIsThere() {
        assertThat(clients.size()).as("sockets").isZero();
        assertThat(clients.unauthenticated()).as("unauthenticated").isZero();
        assertThat(arrivals.underWay()).as("under way").isZero();
    }

    private String firstFrameInTheEnd() throws IOException {
        String[] frame = new String[1];
        Eventually.within(SOON).untilAsserted(() -> {
            try (RawSocket socket = RawSocket.asked(port, alice.bearer())) {
                assertThat(socket.head()).startsWith("HTTP/1.1 101");
                frame[0] = socket.text();
            }
        });
        return frame[0];
    }

    private List<String> atOnce(int many) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = IntStream.range(0, many)
                    .mapToObj(i -> threads.submit(this::handshake))
                    .toList();
            List<String> all = new ArrayList<>();
            for (Future<String> answer : answers) {
                all.add(answer.get());
            }
            return all;
        }
    }

    private String handshake() {
        try {
            return RawSocket.handshake(port, "Authorization: " + alice.bearer() + "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double refused(String code) {
        return meters.get("drover.realtime.handshakes_refused")
                .tag("code", code)
                .counter()
                .count();
    }

    private static void close(List<RawSocket> sockets) throws IOException {
        for (RawSocket socket : sockets) {
            socket.close();
        }
    }
}
