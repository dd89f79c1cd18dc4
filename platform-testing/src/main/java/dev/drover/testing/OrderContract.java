package dev.drover.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.drover.platform.identity.Roles;
import dev.drover.testing.RawHttp.Answer;

/** In which order a request is judged at every operation, and what is said of the caller's quota meanwhile (docs/api/README.md). */
public abstract class OrderContract extends BodyContract {

    private static final String OWN = "Origin: http://localhost:8080";
    private static final String FOREIGN = "Origin: https://evil.example";

    /** What is said of who does not get as far as the quota. */
    private static final Set<String> NOT_LET_IN =
            Set.of("unauthenticated", "session_revoked", "session_expired", "cross_site_request");

    /** auth-service signs its own tokens and does not know the fixture's key. */
    protected boolean acceptsTestTokens() {
        return true;
    }

    private static Answer send(Endpoint endpoint, String... more) {
        List<String> head = new ArrayList<>(List.of(endpoint.method() + " " + endpoint.anyPath() + " HTTP/1.1"));
        head.addAll(List.of(more));
        return RawHttp.send(head, new byte[0]);
    }

    private static String somebody() {
        return "Cookie: " + TestIdentity.withRoles(Roles.ADMIN, Roles.WORKER).cookieHeader();
    }

    private static List<Endpoint> withBody() {
        return Endpoint.all().stream()
                .filter(endpoint -> !endpoint.consumes().isEmpty())
                .toList();
    }

    @Test
    void everyOperationThatIsDocumentedWithABodySaysOfWhichType() {
        ExampleBodies examples = new ExampleBodies();
        for (Endpoint endpoint : Endpoint.all()) {
            assertThat(endpoint.consumes().isEmpty()).as(endpoint.toString()).isEqualTo(!examples.takesBody(endpoint));
        }
    }

    /** The media type, then who asks, then their quota, then the size, then the key, then the body. */
    @Test
    void requestsAreJudgedInOneOrder() {
        String tooLarge = "Content-Length: " + (bodyBytesMax() + 1);
        for (Endpoint endpoint : withBody()) {
            String type = "Content-Type: " + endpoint.consumes().getFirst();
            Answer ofAnotherType = send(endpoint, "Content-Type: text/csv", tooLarge);
            isProblem(ofAnotherType, 415, "unsupported_media_type");
            assertThat(ofAnotherType.field("RateLimit")).as("it takes nothing").isEmpty();

            Answer anonymous = send(endpoint, type, tooLarge);
            if (endpoint.needsCaller()) {
                isProblem(anonymous, 401, "unauthenticated");
                isProblem(send(endpoint, type, tooLarge, somebody(), FOREIGN), 403, "cross_site_request");
            } else {
                isProblem(anonymous, 413, "body_too_large");
            }

            String badKey = "Idempotency-Key: ";
            isProblem(send(endpoint, type, tooLarge, somebody(), OWN, badKey), 413, "body_too_large");
            if (endpoint.method().equals("POST")) {
                Answer keyBeforeBody = RawHttp.send(
                        List.of(
                                "POST " + endpoint.anyPath() + " HTTP/1.1",
                                type,
                                "Content-Length: 1",
                                somebody(),
                                OWN,
                                badKey),
                        new byte[] {'{'});
                isProblem(keyBeforeBody, 400, "idempotency_key_invalid");
            }
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedAlikeWhetherOrNotItSaysSo() {
        for (Endpoint endpoint : withBody()) {
            String type = "Content-Type: " + endpoint.consumes().getFirst();
            Answer said = send(endpoint, type, somebody(), OWN, "Content-Length: " + (bodyBytesMax() + 1));
            String text = "{\"a\": \"" + "x".repeat(bodyBytesMax()) + "\"}";
            Answer found = RawHttp.send(
                    List.of(
                            endpoint.method() + " " + endpoint.anyPath() + " HTTP/1.1",
                            type,
                            somebody(),
                            OWN,
                            "Transfer-Encoding: chunked"),
                    (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            isProblem(said, 413, "body_too_large");
            isProblem(found, 413, "body_too_large");
            assertThat(said.json().path("detail").asText())
                    .contains(bodyBytesMax() + " bytes")
                    .isEqualTo(found.json().path("detail").asText());
            assertThat(said.field("RateLimit-Policy")).isPresent().isEqualTo(found.field("RateLimit-Policy"));
            assertThat(said.field("RateLimit").isPresent())
                    .as("%s: %s", endpoint, said)
                    .isTrue();
            assertThat(found.field("RateLimit").isPresent())
                    .as("%s: %s", endpoint, found)
                    .isTrue();
        }
    }

    @Test
    void whoIsNotLetInIsToldTheQuotaOfTheOperationAndNothingOfWhatIsLeft() {
        for (Endpoint endpoint : Endpoint.all()) {
            if (endpoint.needsCaller() && endpoint.isLimited()) {
                TestIdentity.Login revoked = TestIdentity.withRoles(Roles.ADMIN, Roles.WORKER);
                revoked.revokeUnheard();
                isRefusedUncounted(endpoint, "X-Credentials: none");
                isRefusedUncounted(endpoint, "Cookie: " + revoked.cookieHeader());
                if (acceptsTestTokens()) {
                    isRefusedUncounted(endpoint, "Authorization: " + revoked.bearer());
                }
                if (!endpoint.isSafe()) {
                    isRefusedUncounted(endpoint, somebody(), FOREIGN);
                }
            }
        }
    }

    private static void isRefusedUncounted(Endpoint endpoint, String... credentials) {
        List<String> more = new ArrayList<>(List.of(credentials));
        if (more.size() == 1) {
            more.add(OWN);
        }
        for (String key : List.of("", "Idempotency-Key: " + UUID.randomUUID())) {
            List<String> head = new ArrayList<>(more);
            if (!key.isEmpty() && endpoint.method().equals("POST")) {
                head.add(key);
            }
            Answer answer = send(endpoint, head.toArray(String[]::new));
            // What an ended session may still ask for is answered.
            if (answer.status() == 401 || answer.status() == 403) {
                assertThat(answer.json().path("code").asText())
                        .as("%s %s: %s", endpoint, head, answer)
                        .isIn(NOT_LET_IN);
                assertThat(answer.field("RateLimit-Policy"))
                        .as("%s %s: %s", endpoint, head, answer)
                        .isPresent();
                assertThat(answer.field("RateLimit"))
                        .as("%s %s: %s", endpoint, head, answer)
                        .isEmpty();
            }
        }
    }

    /** The handler may have begun, and the quota been asked, while the session was looked up. */
    @Test
    void theCredentialsOfAnEndedSessionSpendNothingOfItsAccount() {
        TestIdentity.Login ended = TestIdentity.logIn();
        TestIdentity.Login open = TestIdentity.logIn(ended.sub());
        ended.revokeUnheard();
        for (int i = 0; i < 3; i++) {
            isProblem(
                    RawHttp.send("GET " + protectedGet() + " HTTP/1.1", "Cookie: " + ended.cookieHeader()),
                    401,
                    "session_revoked");
            if (acceptsTestTokens()) {
                isProblem(
                        RawHttp.send("GET " + protectedGet() + " HTTP/1.1", "Authorization: " + ended.bearer()),
                        401,
                        "session_revoked");
            }
        }
        AtomicInteger asked = new AtomicInteger();
        Eventually.within(Duration.ofSeconds(5)).untilAsserted(() -> {
            int own = asked.incrementAndGet();
            assertThat(RawHttp.send("GET " + protectedGet() + " HTTP/1.1", "Cookie: " + open.cookieHeader())
                            .field("RateLimit"))
                    .hasValueSatisfying(left -> assertThat(left).startsWith("\"read\";r=" + (20_000 - own) + ";"));
        });
    }
}
