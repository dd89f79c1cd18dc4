package dev.drover.testing;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

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
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import dev.drover.platform.identity.Roles;

/** Who a request is made by, at every service: which tokens and cookies count, and from where a cookie may change something. */
public abstract class IdentityContract extends OrderContract {

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

    /** Endpoints, such as {@code DELETE /auth/me}, that refuse a good session for a reason of their own (401 or 403), whatever page it came from. */
    protected Set<String> mayRefuse() {
        return Set.of();
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
                    RawHttp.Answer answer = changing(endpoint, somebody(), origin);
                    assertThat(answer.body()).as("%s, %s", endpoint, origin).doesNotContain("cross_site_request");
                    if (!mayRefuse().contains(endpoint.toString())) {
                        assertThat(answer.status())
                                .as("%s, %s: %s", endpoint, origin, answer)
                                .isNotIn(401, 403);
                    }
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

    String limitOf(TestIdentity.Login login) {
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

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
