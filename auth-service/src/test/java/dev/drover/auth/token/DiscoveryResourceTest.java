package dev.drover.auth.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import java.time.Duration;

import jakarta.inject.Inject;

import io.vertx.core.json.JsonObject;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;
import dev.drover.platform.identity.KeySetStore;
import dev.drover.testing.Eventually;

@ServiceTest
class DiscoveryResourceTest {

    @Inject
    KeySetStore store;

    @Test
    void theKeySetHoldsPublicHalvesOnly() {
        given().get("/auth/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .header("Cache-Control", "public, max-age=300")
                .body("keys", hasSize(1))
                .body("keys[0].kty", equalTo("EC"))
                .body("keys[0].crv", equalTo("P-256"))
                .body("keys[0].alg", equalTo("ES256"))
                .body("keys[0].use", equalTo("sig"))
                .body("keys[0]", not(hasKey("d")));
    }

    @Test
    void whatIsPublishedIsLeftInRedisForWhoStartsWhileNobodyHereAnswers() {
        String published = given().get("/auth/.well-known/jwks.json").asString();
        Eventually.within(Duration.ofSeconds(20)).untilAsserted(() -> {
            String copy = store.read().await().atMost(Duration.ofSeconds(5));
            assertThat(copy).isNotNull().doesNotContain("\"d\"");
            assertThat(new JsonObject(copy)).isEqualTo(new JsonObject(published));
        });
    }

    @Test
    void anUnchangedKeySetIsNotSentAgain() {
        String tag = given().get("/auth/.well-known/jwks.json").header("ETag");
        given().header("If-None-Match", tag)
                .get("/auth/.well-known/jwks.json")
                .then()
                .statusCode(304)
                .header("Cache-Control", "public, max-age=300");
    }

    @Test
    void theConfigurationPointsToTheKeySet() {
        given().get("/auth/.well-known/openid-configuration")
                .then()
                .statusCode(200)
                .body("issuer", equalTo("http://localhost:8080"))
                .body("jwks_uri", equalTo("http://localhost:8080/auth/.well-known/jwks.json"))
                .body("id_token_signing_alg_values_supported", contains("ES256"));
    }

    @Test
    void anybodyCanVerifyATokenByTheKeySet() throws Exception {
        Person person = Person.anybody();
        person.signUp();
        String token = person.logIn().extract().path("accessToken");

        JsonWebSignature signed = new JsonWebSignature();
        signed.setCompactSerialization(token);
        var key = (PublicJsonWebKey)
                new JsonWebKeySet(given().get("/auth/.well-known/jwks.json").asString())
                        .findJsonWebKey(signed.getKeyIdHeaderValue(), "EC", "sig", "ES256");
        assertThat(key.calculateBase64urlEncodedThumbprint("SHA-256")).isEqualTo(key.getKeyId());
        signed.setKey(key.getPublicKey());
        assertThat(signed.verifySignature()).isTrue();

        JwtClaims claims = JwtClaims.parse(signed.getPayload());
        assertThat(claims.getIssuer()).isEqualTo("http://localhost:8080");
        assertThat(claims.getAudience()).containsExactly("drover");
        assertThat(claims.getSubject()).startsWith("usr_");
        assertThat(claims.getStringClaimValue("sid")).startsWith("ses_");
        assertThat(claims.getJwtId()).isNotBlank();
        assertThat(claims.getStringListClaimValue("groups")).isEmpty();
        assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
                .isEqualTo(600);
    }
}
