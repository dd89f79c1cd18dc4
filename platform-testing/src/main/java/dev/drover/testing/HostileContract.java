package dev.drover.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.redis.client.impl.types.ErrorType;
import org.junit.jupiter.api.Test;

import dev.drover.platform.identity.Roles;
import dev.drover.testing.RawHttp.Answer;

/**
 * Every endpoint of a service under everything an enemy, or a broken client, could send: whatever it is, it is the client's mistake and said in
 * the form all errors share, and nothing of the inside shows.
 */
public abstract class HostileContract extends WireContract {

    /** The target in the form of RFC 3986. */
    private static final Pattern READABLE =
            Pattern.compile("[A-Z]+ (?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]++|%[0-9A-Fa-f]{2})*+ HTTP/1.1");

    /** Good ones, so that a request gets as far as it can; new for each endpoint, because some of them end the session. */
    private static String credentials() {
        return "Cookie: " + TestIdentity.withRoles(Roles.ADMIN, Roles.WORKER).cookieHeader();
    }

    private static List<String> head(String credentials, Endpoint endpoint, String target, String... more) {
        List<String> head = new ArrayList<>(List.of(endpoint.method() + " " + target + " HTTP/1.1"));
        head.addAll(List.of(more));
        boolean isSaid = Stream.of(more).anyMatch(line -> line.startsWith("If-Match"));
        if (!isSaid) {
            head.add("If-Match: *");
        }
        head.add(credentials);
        head.add("Origin: http://localhost:8080");
        return head;
    }

    private static Answer send(List<String> head, byte[] body) {
        List<String> all = new ArrayList<>(head);
        if (body.length > 0) {
            all.add("Content-Length: " + body.length);
        }
        Answer answer = RawHttp.send(all, body);
        if (isRefusedUnread(all.getFirst(), answer)) {
            return answer;
        }
        isFitToBeSeen(all.getFirst() + " " + all.subList(1, all.size() - 1), body, answer);
        return answer;
    }

    /** What the server cannot read as HTTP it refuses by itself, before any of us can say a word, and ends the connection. */
    private static boolean isRefusedUnread(String requestLine, Answer answer) {
        return !READABLE.matcher(requestLine).matches()
                && answer.status() == 400
                && answer.body().isEmpty()
                && answer.field("X-Served-By").isEmpty();
    }

    private static void isFitToBeSeen(String request, byte[] body, Answer answer) {
        String what = (request.length() > 300 ? request.substring(0, 300) : request) + "\n"
                + new String(body, 0, Math.min(body.length, 300), StandardCharsets.UTF_8) + "\n" + answer;
        assertThat(answer.status()).as(what).isLessThan(500);
        hasTheFormOfAll(what, answer);
    }

    private static void hasTheFormOfAll(String what, Answer answer) {
        assertThat(Leaks.in(answer.body())).as(what).isEmpty();
        if (answer.status() >= 400 && !answer.body().isEmpty()) {
            assertThat(answer.field("Content-Type")).as(what).hasValue("application/problem+json");
            JsonNode problem = answer.json();
            assertThat(problem.path("status").asInt()).as(what).isEqualTo(answer.status());
            assertThat(problem.path("type").asText()).as(what).isNotBlank();
            assertThat(problem.path("code").asText()).as(what).isNotBlank();
            assertThat(problem.path("traceId").asText()).as(what).hasSize(32);
        }
        assertThat(answer.status() < 400 || !answer.body().isEmpty()).as(what).isTrue();
        assertThat(answer.field("X-Served-By")).as(what).hasValue("test-instance");
        assertThat(answer.field("X-Evil")).as(what).isEmpty();
    }

    @Test
    void noPathMakesTheServiceStumble() {
        for (Endpoint endpoint : Endpoint.all()) {
            String caller = credentials();
            for (String part : HostileInput.PATH_PARTS) {
                if (endpoint.hasParameters()) {
                    send(head(caller, endpoint, endpoint.path(part)), new byte[0]);
                }
            }
            for (String around : List.of("//", "/./", "/;a=b", "/%2f", "?%", "?%00=%ff", "?a=%zz&&=&", "#", "/%ff")) {
                send(head(caller, endpoint, endpoint.anyPath() + around), new byte[0]);
            }
        }
    }

    @Test
    void aParameterThatIsNoneIsNamed() {
        for (Endpoint endpoint : Endpoint.all()) {
            String caller = credentials();
            for (Endpoint.Query query : endpoint.queries()) {
                for (String value : HostileInput.QUERY_VALUES) {
                    String target = endpoint.anyPath() + "?" + query.name() + "=" + value;
                    Answer answer = send(head(caller, endpoint, target), new byte[0]);
                    // Without a value it is as if it were not there.
                    if (!query.isText() && !value.isEmpty() && !isMalformed(value)) {
                        isProblem(answer, 400, "validation_failed");
                        assertThat(answer.json().at("/violations/0/pointer").asText())
                                .as(target)
                                .isEqualTo(query.name());
                    }
                }
            }
        }
    }

    /** Refused before anyone looks at its parameters. */
    private static boolean isMalformed(String value) {
        return value.startsWith("%zz") || value.equals("%");
    }

    @Test
    void noHeaderFieldMakesTheServiceStumble() {
        ExampleBodies examples = new ExampleBodies();
        Shares fields = new Shares();
        Shares types = new Shares();
        for (Endpoint endpoint : Endpoint.all()) {
            String caller = credentials();
            byte[] body = body(examples, endpoint);
            String type = endpoint.consumes().isEmpty()
                    ? "text/plain"
                    : endpoint.consumes().getFirst();
            for (String condition : HostileInput.CONDITIONS) {
                send(head(caller, endpoint, endpoint.anyPath(), condition, "Content-Type: " + type), body);
            }
            for (String field : fields.of(endpoint, HostileInput.FIELDS)) {
                send(head(caller, endpoint, endpoint.anyPath(), field, "Content-Type: " + type), body);
            }
            for (String other : types.of(endpoint, HostileInput.MEDIA_TYPES)) {
                send(head(caller, endpoint, endpoint.anyPath(), "Content-Type: " + other), body);
            }
            send(head(caller, endpoint, endpoint.anyPath()), body);
        }
    }

    private static byte[] body(ExampleBodies examples, Endpoint endpoint) {
        return examples.of(endpoint)
                .map(example -> example.toString().getBytes(StandardCharsets.UTF_8))
                .orElseGet(() -> new byte[0]);
    }

    @Test
    void noBodyMakesTheServiceStumble() {
        ExampleBodies examples = new ExampleBodies();
        Shares bodies = new Shares();
        for (Endpoint endpoint : Endpoint.all()) {
            String caller = credentials();
            if (!endpoint.isSafe()) {
                String type = endpoint.consumes().isEmpty()
                        ? "application/json"
                        : endpoint.consumes().getFirst();
                Stream<byte[]> all = Stream.concat(
                        bodies.of(endpoint, HostileInput.bodies()).stream(),
                        examples.of(endpoint).stream().flatMap(HostileInput::spoiled));
                all.forEach(body -> send(head(caller, endpoint, endpoint.anyPath(), "Content-Type: " + type), body));
            }
        }
    }

    @Test
    void whatRedisSaysIsForTheLogAlone() {
        String caller = credentials();
        ExampleBodies examples = new ExampleBodies();
        RedisFaults redis = RedisFaults.ofTheApplication();
        List<Throwable> faults = List.of(
                ErrorType.create("WRONGTYPE Operation against a key holding the wrong kind of value"),
                ErrorType.create("ERR user_script:12: attempt to compare nil with number"),
                ErrorType.create("NOAUTH Authentication required."),
                ErrorType.create("READONLY You can't write against a read only replica."),
                ErrorType.create("OOM command not allowed when used memory > 'maxmemory'."),
                ErrorType.create("LOADING Redis is loading the dataset in memory"),
                new ConnectException("Connection refused: localhost/127.0.0.1:6379"));
        Shares shares = new Shares();
        Map<Endpoint, List<Throwable>> met = new LinkedHashMap<>();
        Endpoint.all().forEach(endpoint -> met.put(endpoint, shares.of(endpoint, faults)));
        try {
            for (Throwable fault : faults) {
                redis.failAll(fault);
                met.forEach((endpoint, its) -> {
                    if (its.contains(fault)) {
                        isSaidInTheForm(endpoint, caller, body(examples, endpoint), fault);
                    }
                });
            }
        } finally {
            redis.heal();
        }
        Eventually.within(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(RawHttp.send("GET " + protectedGet() + " HTTP/1.1", caller)
                                .status())
                        .isNotIn(500, 503));
    }

    private static void isSaidInTheForm(Endpoint endpoint, String caller, byte[] body, Throwable fault) {
        String type = endpoint.consumes().isEmpty()
                ? "text/plain"
                : endpoint.consumes().getFirst();
        List<String> head =
                head(caller, endpoint, endpoint.anyPath(), "Content-Type: " + type, "Content-Length: " + body.length);
        Answer answer = RawHttp.send(head, body);
        hasTheFormOfAll(endpoint + " while " + fault, answer);
        assertThat(answer.field("RateLimit-Policy").isPresent())
                .as("%s while %s: %s", endpoint, fault, answer)
                .isEqualTo(endpoint.isLimited());
        if (answer.status() == 503) {
            assertThat(answer.field("Retry-After")).as(endpoint.toString()).isPresent();
        }
    }
}
