package dev.drover.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import dev.drover.platform.identity.Roles;

/**
 * The HTTP contract of every service (docs/architecture.md): a service extends this in its own {@code …ContractTest} and names two of its
 * endpoints. What a client learned at one service must hold at all.
 */
public abstract class HttpContract extends HostileContract {

    /** Adds what the endpoint asks of every request, such as {@code If-Match}. */
    protected RequestSpecification prepared(RequestSpecification request) {
        return request;
    }

    private static final List<String> FOREIGN = List.of(
            "X-Origin: none",
            "Origin: null",
            "Origin: https://evil.example",
            "Origin: http://localhost:8080.evil.example",
            "Origin: http://localhost",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site",
            "Origin: https://evil.example\r\nSec-Fetch-Site: same-origin");

    private static final List<String> OWN = List.of("Origin: http://localhost:8080", "Sec-Fetch-Site: same-origin");

    /** A POST that succeeds, and another body for it; empty for a service that has none. */
    protected abstract Optional<KeyedPost> keyedPost();

    /** @param otherBody for the same client: another request all the same */
    public record KeyedPost(String path, String body, String otherBody) {}

    /** auth-service signs its own tokens and does not know the fixture's key. */
    protected boolean acceptsTestTokens() {
        return true;
    }

    /** One {@link #jsonPost} does not take. */
    protected String methodNotTaken() {
        return "DELETE";
    }

    @Test
    void anUnknownPathIsAProblem() {
        problem(given().get("/no-such-thing").then(), 404, "not_found");
    }

    @Test
    void aMethodTheResourceDoesNotTakeIsAProblem() {
        problem(given().request(methodNotTaken(), jsonPost()).then(), 405, "method_not_allowed");
    }

    @Test
    void aBodyOfAnotherMediaTypeIsAProblem() {
        problem(
                caller().contentType("text/csv")
                        .body("a,b")
                        .request(jsonMethod(), jsonPost())
                        .then(),
                415,
                "unsupported_media_type");
    }

    @Test
    void malformedJsonNamesLineAndColumn() {
        problem(
                        caller().contentType(ContentType.JSON)
                                .body("{\n  \"a\": nope}")
                                .request(jsonMethod(), jsonPost())
                                .then(),
                        400,
                        "malformed_json")
                .body("detail", containsString("line 2, column"));
    }

    @Test
    void aBodyThatIsNoObjectIsAProblem() {
        problem(
                caller().contentType(ContentType.JSON)
                        .body("[]")
                        .request(jsonMethod(), jsonPost())
                        .then(),
                400,
                "malformed_json");
    }

    @Test
    void anEmptyBodyIsAProblem() {
        problem(
                caller().contentType(ContentType.JSON)
                        .request(jsonMethod(), jsonPost())
                        .then(),
                400,
                "validation_failed");
    }

    @Test
    void anUnknownMemberIsNamed() {
        problem(
                        caller().contentType(ContentType.JSON)
                                .body("{\"noSuchMember\": 1}")
                                .request(jsonMethod(), jsonPost())
                                .then(),
                        400,
                        "unknown_field")
                .body("violations.pointer", hasItem("/noSuchMember"));
    }

    @Test
    void aBodyOverTheLimitIsAProblem() {
        String body = "{\"a\": \"" + "x".repeat(bodyBytesMax()) + "\"}";
        problem(
                caller().contentType(ContentType.JSON)
                        .body(body)
                        .request(jsonMethod(), jsonPost())
                        .then(),
                413,
                "body_too_large");
    }

    @Test
    void aPostRepeatedWithItsKeyGetsTheSameAnswerByteForByte() {
        keyedPost().ifPresent(post -> {
            RequestSpecification who = caller();
            String key = UUID.randomUUID().toString();
            Response first = keyed(who, key, post.path(), post.body());
            Response second = keyed(who, key, post.path(), post.body());

            assertThat(first.statusCode()).as(first.asString()).isBetween(200, 299);
            assertThat(first.header("Idempotency-Replayed")).isNull();
            assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(second.statusCode()).isEqualTo(first.statusCode());
            assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
            assertThat(lasting(second)).isEqualTo(lasting(first));
        });
    }

    @Test
    void aKeyStandsForOneRequestOnly() {
        keyedPost().ifPresent(post -> {
            RequestSpecification who = caller();
            String key = UUID.randomUUID().toString();
            keyed(who, key, post.path(), post.body());
            problem(keyed(who, key, post.path(), post.otherBody()).then(), 422, "idempotency_key_reused");
        });
    }

    @Test
    void aKeyOfAnotherFormIsRefused() {
        keyedPost().ifPresent(post -> {
            for (String key : List.of("", "x".repeat(256))) {
                problem(keyed(caller(), key, post.path(), post.body()).then(), 400, "idempotency_key_invalid");
            }
            problem(
                    caller().header("Idempotency-Key", "one", "two")
                            .contentType(ContentType.JSON)
                            .body(post.body())
                            .post(post.path())
                            .then(),
                    400,
                    "idempotency_key_invalid");
        });
    }

    private Response keyed(RequestSpecification who, String key, String path, String body) {
        return given().spec(who)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path);
    }

    /** The headers that are part of the answer, in order, and not of its way. */
    private static List<String> lasting(Response answer) {
        return answer.headers().asList().stream()
                .filter(header -> !Set.of(
                                "date", "idempotency-replayed", "ratelimit", "ratelimit-policy", "x-request-id")
                        .contains(header.getName().toLowerCase(Locale.ROOT)))
                .map(Object::toString)
                .sorted()
                .toList();
    }

    @Test
    void withoutCredentialsTheAnswerIsAChallenge() {
        problem(given().get(protectedGet()).then(), 401, "unauthenticated")
                .header("WWW-Authenticate", equalTo("Bearer realm=\"drover\""));
    }

    @Test
    void aTokenThatIsNoneIsRefused() {
        refused("not-a-token", "token_invalid");
    }

    @Test
    void aTokenWithoutSignatureIsRefused() {
        String header = base64("{\"alg\":\"none\",\"kid\":\"test-key\"}");
        String claims = base64("{\"sub\":\"usr_a\",\"sid\":\"ses_a\"}");
        refused(header + "." + claims + ".", "token_algorithm_refused");
    }

    @Test
    void aTokenOfAnUnknownKeyIsRefused() {
        String header = base64("{\"alg\":\"ES256\",\"kid\":\"who-knows\"}");
        refused(header + "." + base64("{\"sub\":\"usr_a\"}") + "." + base64("signature"), "token_key_unknown");
    }

    @Test
    void anExpiredTokenSaysSo() {
        if (acceptsTestTokens()) {
            Instant past = Instant.now().minus(Duration.ofHours(1));
            refused(
                    TestIdentity.sign(TestIdentity.claims(TestIdentity.logIn())
                            .issuedAt(past)
                            .expiresAt(past.plusSeconds(60))),
                    "token_expired");
        }
    }

    @Test
    void aTokenOfAnotherIssuerOrAudienceIsRefused() {
        if (acceptsTestTokens()) {
            refused(
                    TestIdentity.sign(TestIdentity.claims(TestIdentity.logIn()).issuer("https://elsewhere.example")),
                    "token_issuer_wrong");
            refused(
                    TestIdentity.sign(TestIdentity.claims(TestIdentity.logIn()).audience("another")),
                    "token_audience_wrong");
        }
    }

    @Test
    void aTokenThatIsNotValidYetIsRefused() {
        if (acceptsTestTokens()) {
            Instant later = Instant.now().plus(Duration.ofMinutes(5));
            refused(
                    TestIdentity.sign(TestIdentity.claims(TestIdentity.logIn()).issuedAt(later)),
                    "token_not_yet_valid");
            refused(
                    TestIdentity.sign(TestIdentity.claims(TestIdentity.logIn()).claim("nbf", later.getEpochSecond())),
                    "token_not_yet_valid");
        }
    }

    /** The old trick: the public key, which everybody has, taken for a shared secret. */
    @Test
    void aTokenSignedByThePublicKeyAsASecretIsRefused() throws GeneralSecurityException {
        byte[] publicKey = keySet().getBytes(StandardCharsets.UTF_8);
        String signed = base64("{\"alg\":\"HS256\",\"kid\":\"test-key\"}") + "."
                + base64("{\"sub\":\"usr_a\",\"sid\":\"ses_a\"}");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(publicKey, "HmacSHA256"));
        byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        refused(
                signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature),
                "token_algorithm_refused");
    }

    private String keySet() {
        if (!acceptsTestTokens()) {
            return given().get("/auth/.well-known/jwks.json").asString();
        }
        // Not by the client of the tests, which compares every answer with the document of the API.
        String url = ConfigProvider.getConfig().getValue("JWKS_URL", String.class);
        try (InputStream keys = URI.create(url).toURL().openStream()) {
            return new String(keys.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void twoAuthorizationHeadersAreRefusedWhateverTheySay() {
        problem(
                given().header("Authorization", "Bearer a", "Bearer b")
                        .get(protectedGet())
                        .then(),
                401,
                "token_invalid");
    }

    @Test
    void aMemberNamedTwiceIsRefusedAndSoIsTextAfterTheValueAndABombOfNesting() {
        for (String body : List.of("{\"a\": 1, \"a\": 2}", "{} {}", "{\"a\": " + "[".repeat(1_500) + "}")) {
            String code = problemOf(body);
            assertThat(code).as(body).isEqualTo("malformed_json");
        }
    }

    private String problemOf(String body) {
        return caller().contentType(ContentType.JSON)
                .body(body)
                .request(jsonMethod(), jsonPost())
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .extract()
                .path("code");
    }

    @Test
    void anotherKindOfAnswerIsNotToBeHad() {
        problem(caller().accept("text/html").get(protectedGet()).then(), 406, "not_acceptable");
    }

    @Test
    void aRevokedSessionIsRefusedByTokenAndByCookie() {
        TestIdentity.Login login = TestIdentity.logIn();
        login.revoke();
        problem(
                given().header("Cookie", login.cookieHeader())
                        .get(protectedGet())
                        .then(),
                401,
                "session_revoked");
        if (acceptsTestTokens()) {
            refused(login.token(), "session_revoked");
        }
    }

    @Test
    void aCookieWithAnotherSecretIsRefusedAndSpendsNothingOfTheAccountItNames() {
        TestIdentity.Login login = TestIdentity.logIn();
        String forged = login.cookieHeader().substring(0, login.cookieHeader().length() - 43) + "A".repeat(43);
        for (int i = 0; i < 3; i++) {
            problem(given().header("Cookie", forged).get(protectedGet()).then(), 401, "session_expired");
        }
        assertThat(limitOf(login)).isEqualTo("\"read\";r=19999;t=5");
    }

    @Test
    void byCookieNothingIsChangedUnlessTheRequestComesFromTheSuitesOwnPages() {
        for (Endpoint endpoint : Endpoint.all()) {
            if (endpoint.needsCaller() && !endpoint.isSafe()) {
                for (String origin : FOREIGN) {
                    isProblem(changing(endpoint, somebody(), origin), 403, "cross_site_request");
                }
                for (String origin : OWN) {
                    assertThat(changing(endpoint, somebody(), origin).body())
                            .as("%s, %s", endpoint, origin)
                            .doesNotContain("cross_site_request");
                }
            }
        }
    }

    /** Somebody else each time, because some of it ends the session. */
    private static String somebody() {
        return "Cookie: " + TestIdentity.withRoles(Roles.ADMIN, Roles.WORKER).cookieHeader();
    }

    /** What is sent is good for no endpoint, so that nothing comes of it where it is let through. */
    private static RawHttp.Answer changing(Endpoint endpoint, String cookie, String origin) {
        String type = endpoint.consumes().isEmpty()
                ? "text/plain"
                : endpoint.consumes().getFirst();
        return RawHttp.send(
                List.of(
                        endpoint.method() + " " + endpoint.anyPath() + " HTTP/1.1",
                        cookie,
                        origin,
                        "Content-Type: " + type,
                        "Content-Length: 1"),
                new byte[] {'{'});
    }

    @Test
    void everyAnswerNamesTheInstance() {
        given().get("/no-such-thing").then().header("X-Served-By", "test-instance");
        given().get(protectedGet()).then().header("X-Served-By", "test-instance");
    }

    @Test
    void operationalEndpointsAreNotOnTheApiPort() {
        problem(given().get("/q/health/ready").then(), 404, "not_found");
        problem(given().get("/q/metrics").then(), 404, "not_found");
    }

    @Test
    void theAnswerSaysWhatTheCallersQuotaIsAndWhatIsLeftOfIt() {
        TestIdentity.Login login = TestIdentity.logIn();

        assertThat(limitOf(login)).isEqualTo("\"read\";r=19999;t=5");
        assertThat(limitOf(login)).as("the same account").startsWith("\"read\";r=19998;t=");
        assertThat(limitOf(TestIdentity.logIn())).as("another account").isEqualTo("\"read\";r=19999;t=5");
    }

    private String limitOf(TestIdentity.Login login) {
        return given().header("Cookie", login.cookieHeader())
                .get(protectedGet())
                .then()
                .header("RateLimit-Policy", equalTo("\"read\";q=20000;w=86400"))
                .extract()
                .header("RateLimit");
    }

    private void refused(String token, String code) {
        problem(
                        given().header("Authorization", "Bearer " + token)
                                .get(protectedGet())
                                .then(),
                        401,
                        code)
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
    }

    private RequestSpecification caller() {
        RequestSpecification request = acceptsTestTokens()
                ? given().header("Authorization", TestIdentity.logIn().bearer())
                : given();
        return prepared(request);
    }

    /** Asserts the form all errors share, and that nothing of the inside shows. */
    public static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        String body = response.extract().asString();
        assertThat(body)
                .as("an answer to a mistake shows nothing of the inside")
                .doesNotContain(Leaks.WORDS.toArray(String[]::new));
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("status", equalTo(status))
                .body("type", equalTo("urn:drover:problem:" + code))
                .body("title", not(equalTo("")))
                .body("traceId", notNullValue());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
