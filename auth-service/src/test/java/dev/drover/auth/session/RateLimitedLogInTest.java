package dev.drover.auth.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.Locale;
import java.util.Map;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;

/**
 * Four log-ins an hour from an address, three to an account, two sign-ups from a network, and those from an address only counted. Every test comes
 * from addresses of its own.
 */
@ServiceTest
@TestProfile(RateLimitedLogInTest.FewLogIns.class)
class RateLimitedLogInTest {

    private static final String QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded";

    @Inject
    MeterRegistry meters;

    @Test
    void afterItsLogInsAnAddressIsToldWhenTheNextIsPossible() {
        for (int left = 3; left >= 0; left--) {
            logIn("198.51.100.1", anyEmail())
                    .statusCode(401)
                    .header("RateLimit-Policy", equalTo("\"login\";q=4;w=3600, \"login-account\";q=3;w=3600"));
        }

        logIn("198.51.100.1", anyEmail())
                .statusCode(429)
                .contentType("application/problem+json")
                .header("RateLimit-Policy", equalTo("\"login\";q=4;w=3600, \"login-account\";q=3;w=3600"))
                .header("RateLimit", matchesPattern("\"login\";r=0;t=3\\d{3}"))
                .header("Retry-After", matchesPattern("900|8\\d\\d"))
                .body("type", equalTo(QUOTA_EXCEEDED))
                .body("code", equalTo("rate_limited"))
                .body("status", equalTo(429))
                .body("'violated-policies'", contains("login"));
        logIn("198.51.100.2", anyEmail()).statusCode(401);
        assertThat(meters.get("drover.rate_limit.decisions")
                        .tags("policy", "login", "outcome", "limited")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void anAccountIsGuessedAtOnlySoOftenFromHoweverManyAddresses() {
        String email = anyEmail();
        logIn("198.51.100.11", email).statusCode(401);
        logIn("198.51.100.12", email).statusCode(401);
        logIn("198.51.100.13", email.toUpperCase(Locale.ROOT)).statusCode(401);

        logIn("198.51.100.14", email)
                .statusCode(429)
                .header("RateLimit", matchesPattern("\"login-account\";r=0;t=\\d+"))
                .body("'violated-policies'", contains("login-account"));
    }

    @Test
    void aLogInRefusedForTheAccountCostsTheAddressNothing() {
        String email = anyEmail();
        logIn("198.51.100.21", email);
        logIn("198.51.100.22", email);
        logIn("198.51.100.23", email);
        logIn("198.51.100.24", email).statusCode(429);

        for (int i = 0; i < 4; i++) {
            logIn("198.51.100.24", anyEmail()).statusCode(401);
        }
        logIn("198.51.100.24", anyEmail()).statusCode(429);
    }

    @Test
    void whatIsNoLogInAtAllCountsForTheAddressToo() {
        for (int i = 0; i < 4; i++) {
            from("198.51.100.31", "{").statusCode(400);
        }
        from("198.51.100.31", "{").statusCode(429);
    }

    @Test
    void aPolicyInShadowRefusesNobody() {
        for (int i = 0; i < 2; i++) {
            Person.anybody().signUp().statusCode(201).header("RateLimit-Policy", not(containsString("\"signup\"")));
        }
        assertThat(meters.get("drover.rate_limit.decisions")
                        .tags("policy", "signup", "outcome", "shadow_limited")
                        .counter()
                        .count())
                .isPositive();
    }

    /** The next addresses of one's own network are free to have: of IPv4 the 256 around, of IPv6 a /48. */
    @ParameterizedTest
    @CsvSource({
        "203.0.113.1, 203.0.113.2, 203.0.113.254, 203.0.114.1",
        "2001:db8:5:1::1, 2001:db8:5:2::1, 2001:db8:5:ffff::9, 2001:db8:6:1::1"
    })
    void aNetworkSignsUpOnlySoManyFromHoweverManyAddresses(String first, String second, String third, String other) {
        signUp(first).statusCode(201);
        signUp(second).statusCode(201);
        signUp(third).statusCode(429).body("'violated-policies'", contains("signup-network"));
        signUp(other).statusCode(201);
    }

    private static ValidatableResponse signUp(String address) {
        return given().header("X-Forwarded-For", address)
                .contentType(ContentType.JSON)
                .body(Map.of("email", anyEmail(), "password", "a long enough secret"))
                .post("/auth/signup")
                .then();
    }

    @Test
    void whatIsMadeToBeReadByEveryServiceHasNoLimit() {
        given().get("/auth/.well-known/jwks.json").then().statusCode(200).header("RateLimit-Policy", nullValue());
    }

    private static ValidatableResponse logIn(String address, String email) {
        return from(address, "{\"email\":\"" + email + "\",\"password\":\"not the password\"}");
    }

    private static ValidatableResponse from(String address, String body) {
        return given().header("X-Forwarded-For", address)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/auth/login")
                .then();
    }

    private static String anyEmail() {
        return Person.anybody().email();
    }

    public static final class FewLogIns implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "drover.rate-limit.login", "4/PT1H",
                    "drover.rate-limit.login-account", "3/PT1H",
                    "drover.rate-limit.signup", "shadow 1/PT1H",
                    "drover.rate-limit.signup-network", "2/PT1H");
        }
    }
}
