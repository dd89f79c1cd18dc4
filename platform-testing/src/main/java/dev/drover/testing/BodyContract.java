package dev.drover.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import dev.drover.platform.identity.Roles;
import dev.drover.testing.RawHttp.Answer;

/** What a service says of a body it cannot take, at every operation that takes one: all that is wrong with it, each with its place. */
public abstract class BodyContract extends HostileContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STRANGER = "noSuchMember";

    /** Values that are of no use to most members: of another type, or out of bounds. */
    private static final List<String> MISTYPED = List.of("{\"no\":1}", "7", "[[]]", "\"\\u0000\"");

    private static final List<String> OUT_OF_BOUNDS =
            List.of("\"\"", "\"!\"", "-1", "[]", "\"PT0S\"", "\"" + "x".repeat(3_000) + "\"", "99999999", "null");

    /** Operations, such as {@code PUT /flags/{key}}, that judge their bodies by rules of their own. */
    protected Set<String> judgeForThemselves() {
        return Set.of();
    }

    private List<Endpoint> judging() {
        return Endpoint.all().stream()
                .filter(endpoint ->
                        !endpoint.consumes().isEmpty() && !judgeForThemselves().contains(endpoint.toString()))
                .toList();
    }

    private static String somebody() {
        return "Cookie: " + TestIdentity.withRoles(Roles.ADMIN, Roles.WORKER).cookieHeader();
    }

    private static Answer send(Endpoint endpoint, String cookie, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return RawHttp.send(
                List.of(
                        endpoint.method() + " " + endpoint.anyPath() + " HTTP/1.1",
                        cookie,
                        "Origin: http://localhost:8080",
                        "If-Match: *",
                        "Content-Type: " + endpoint.consumes().getFirst(),
                        "Content-Length: " + bytes.length),
                bytes);
    }

    private static Answer sendNothing(Endpoint endpoint, String cookie) {
        return RawHttp.send(
                List.of(
                        endpoint.method() + " " + endpoint.anyPath() + " HTTP/1.1",
                        cookie,
                        "Origin: http://localhost:8080",
                        "Content-Length: 0"),
                new byte[0]);
    }

    /** Where the answer finds fault with the body; empty when it does not. */
    private static Set<String> pointers(Answer answer) {
        Set<String> pointers = new TreeSet<>();
        if (answer.status() == 400) {
            answer.json()
                    .path("violations")
                    .forEach(violation -> pointers.add(violation.path("pointer").asText()));
        }
        return pointers.stream()
                .filter(pointer -> pointer.isEmpty() || pointer.startsWith("/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String code(Answer answer) {
        return answer.status() == 400 ? answer.json().path("code").asText() : "";
    }

    @Test
    void whatIsNoObjectIsWrongAsAWhole() {
        for (Endpoint endpoint : judging()) {
            String somebody = somebody();
            for (String body : List.of("[]", "null", "7", "\"a\"")) {
                Answer answer = send(endpoint, somebody, body);
                isProblem(answer, 400, "validation_failed");
                assertThat(answer.json().path("violations").findValuesAsText("pointer"))
                        .as("%s %s: %s", endpoint, body, answer)
                        .containsExactly("");
            }
        }
    }

    /** Where no member is needed it is taken as an object without any, and elsewhere the body itself is missed. */
    @Test
    void aBodyThatIsLeftOutIsMissedWhereItIsNeeded() {
        for (Endpoint endpoint : judging()) {
            if (endpoint.method().equals("POST")) {
                Answer empty = send(endpoint, somebody(), "{}");
                boolean isNeeded = pointers(empty).stream().anyMatch(pointer -> pointer.startsWith("/"));
                Set<String> expected = isNeeded ? Set.of("") : pointers(empty);
                for (Answer answer : List.of(
                        send(endpoint, somebody(), ""),
                        send(endpoint, somebody(), " "),
                        sendNothing(endpoint, somebody()))) {
                    assertThat(code(answer)).as("%s: %s", endpoint, answer).isEqualTo(code(empty));
                    assertThat(pointers(answer)).as("%s: %s", endpoint, answer).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void anUnknownMemberIsNamedAndIsTheReasonWhenItIsTheOnlyOne() {
        ExampleBodies examples = new ExampleBodies();
        for (Endpoint endpoint : judging()) {
            ObjectNode body = examples.of(endpoint).orElseThrow().put(STRANGER, 1);
            Answer answer = send(endpoint, somebody(), body.toString());
            assertThat(pointers(answer)).as("%s: %s", endpoint, answer).contains("/" + STRANGER);
            assertThat(code(answer))
                    .as("%s: %s", endpoint, answer)
                    .isEqualTo(pointers(answer).size() == 1 ? "unknown_field" : "validation_failed");
        }
    }

    /** Each member is made wrong by itself first; what is said of it then is to be said of it among all others too. */
    @Test
    void everythingThatIsWrongWithABodyIsSaidAtOnce() throws JsonProcessingException {
        ExampleBodies examples = new ExampleBodies();
        for (Endpoint endpoint : judging()) {
            ObjectNode example = examples.of(endpoint).orElseThrow();
            String somebody = somebody();
            Set<String> already = pointers(send(endpoint, somebody, example.toString()));
            ObjectNode all = example.deepCopy().put(STRANGER, 1);
            Set<String> expected = new HashSet<>(Set.of("/" + STRANGER));
            List<String> members = new ArrayList<>();
            example.fieldNames().forEachRemaining(members::add);
            for (int i = 0; i < members.size(); i++) {
                List<List<String>> values =
                        i % 2 == 0 ? List.of(OUT_OF_BOUNDS, MISTYPED) : List.of(MISTYPED, OUT_OF_BOUNDS);
                String member = members.get(i);
                for (String value : values.stream().flatMap(List::stream).toList()) {
                    Optional<Set<String>> faults = faults(endpoint, somebody, example, member, JSON.readTree(value));
                    if (faults.isPresent() && !already.containsAll(faults.get())) {
                        all.set(member, JSON.readTree(value));
                        expected.addAll(faults.get());
                        break;
                    }
                }
            }
            Answer answer = send(endpoint, somebody, all.toString());
            assertThat(pointers(answer)).as("%s %s: %s", endpoint, all, answer).containsAll(expected);
            assertThat(code(answer)).as("%s: %s", endpoint, answer).isEqualTo("validation_failed");
        }
    }

    /** Of the member, if something is wrong with it. */
    private static Optional<Set<String>> faults(
            Endpoint endpoint, String somebody, ObjectNode example, String member, JsonNode value) {
        ObjectNode body = example.deepCopy();
        body.set(member, value);
        Set<String> own = pointers(send(endpoint, somebody, body.toString())).stream()
                .filter(pointer -> (pointer + "/").startsWith("/" + member + "/"))
                .collect(Collectors.toSet());
        return own.isEmpty() ? Optional.empty() : Optional.of(own);
    }
}
