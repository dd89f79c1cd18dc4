package dev.drover.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.drover.testing.RecordsRoundTrips;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RoundTrips;
import dev.drover.testing.TestIdentity;

/** What a socket asks of Redis: the table of frames in docs/api/calls.md. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class SocketCallsTest {

    private static final String CHANNEL = "public:calls-";
    private static final int TURNS = 4;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final TestIdentity.Login alice = TestIdentity.logIn();

    /** All are open to the end: one that is closed gives its place back when it is heard of. */
    private final List<LiveSocket> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(LiveSocket::close);
    }

    @Test
    @RecordsRoundTrips
    void whatASocketAsksOfRedisIsWhatTheDocumentationSays() throws IOException {
        LiveSocket socket = opened(LiveSocket.handshake());
        socket.authenticate(alice);
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("handshake with the cookie", least(turn -> {}, turn -> opened(
                        LiveSocket.handshake().header("Cookie", alice.cookieHeader()))
                .next("ready")));
        asked.put("auth", least(turn -> opened(LiveSocket.handshake()), turn -> open.getLast()
                .authenticate(alice)));
        asked.put("subscribe", least(turn -> {}, turn -> socket.subscribe(CHANNEL + turn)));
        asked.put("unsubscribe", least(turn -> {}, turn -> {
            socket.send(new JsonObject().put("type", "unsubscribe").put("channel", CHANNEL + turn));
            socket.next("unsubscribed");
        }));
        // Nobody follows the channel any more, so that nothing is delivered meanwhile.
        asked.put("publish", least(turn -> {}, turn -> socket.publish(CHANNEL + turn, "once", turn)));
        asked.put("ping", least(turn -> {}, turn -> socket.hasNothingElse()));
        assertThat(asked).containsExactlyInAnyOrderEntriesOf(documented());
    }

    private LiveSocket opened(WebSocket.Builder handshake) {
        LiveSocket socket = LiveSocket.open(port, handshake, true);
        open.add(socket);
        return socket;
    }

    /** The first may teach Redis a script, and what the instance does by itself now and then may fall into any. */
    private static String least(IntConsumer before, IntConsumer frame) {
        return IntStream.range(0, TURNS)
                .mapToObj(turn -> {
                    before.accept(turn);
                    return RoundTrips.of(() -> frame.accept(turn)).toString();
                })
                .min(Comparator.comparingInt(String::length))
                .filter(waits -> !waits.isEmpty())
                .orElse("nothing");
    }

    private static Map<String, String> documented() throws IOException {
        Path page = Path.of(System.getProperty("drover.home"), "docs", "api", "calls.md");
        Map<String, String> rows = new LinkedHashMap<>();
        Files.readAllLines(page).stream()
                .map(line -> line.split("\\|"))
                .filter(cells -> cells.length == 4 && cells[1].strip().equals("socket"))
                .forEach(cells -> rows.put(cells[2].strip().replace("`", ""), cells[3].strip()));
        return rows;
    }
}
