package dev.drover.auth.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;
import dev.drover.testing.HttpContract;
import dev.drover.testing.KeyedPostFaults;
import dev.drover.testing.TestIdentity;

/** I-6: a request that ends the session it came by is repeated by a session that has ended, and gets the answer of the first try. */
@ServiceTest
class EndingFaultTest {

    private final Person person = Person.anybody();

    @Test
    void aLogOutOutlivesTheFailureOfAnyCallToRedis() {
        KeyedPostFaults.survives(5, () -> new Ending(TestIdentity.logIn(), "POST", "/auth/logout"));
    }

    @Test
    void endingTheSessionOneUsesOutlivesTheFailureOfAnyCallToRedis() {
        KeyedPostFaults.survivesAsDelete(3, () -> {
            TestIdentity.Login login = TestIdentity.logIn();
            return new Ending(login, "DELETE", "/auth/sessions/" + login.sid());
        });
    }

    @Test
    void aLogOutEverywhereOutlivesTheFailureOfAnyCallToRedis() {
        person.signUp().statusCode(201);
        KeyedPostFaults.survives(6, () -> new Ending(person.logIn().statusCode(200), "POST", "/auth/logout-all"));
    }

    @Test
    void erasingTheAccountOutlivesTheFailureOfAnyCallToRedis() {
        KeyedPostFaults.survivesAsDelete(8, () -> {
            Person somebody = Person.signedUp();
            return new Ending(somebody.logIn().statusCode(200), "DELETE", "/auth/me");
        });
    }

    @Test
    void anEndedSessionGetsTheAnswerOfItsOwnRequestAndNothingElse() {
        TestIdentity.Login admin = TestIdentity.withRoles("admin");
        String other = TestIdentity.logIn(admin.sub(), "admin").cookieHeader();
        String key = UUID.randomUUID().toString();
        String id = Person.anybody().signUp().statusCode(201).extract().path("id");
        String route = "/auth/users/" + id + "/lock";

        Response first = byCookie(admin.cookieHeader(), key, route);
        assertThat(first.statusCode()).isEqualTo(204);
        admin.revoke();

        Response again = byCookie(admin.cookieHeader(), key, route);
        assertThat(again.statusCode()).isEqualTo(204);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");

        for (String unknown : new String[] {UUID.randomUUID().toString(), "", "two words of it"}) {
            assertThat(byCookie(admin.cookieHeader(), unknown, route).statusCode())
                    .as("key '%s'", unknown)
                    .isIn(400, 401);
        }
        refused(byCookie(admin.cookieHeader(), key, "/auth/users/" + id + "/unlock"));
        refused(byCookie(admin.cookieHeader(), UUID.randomUUID().toString(), "/auth/users/" + id + "/unlock"));
        refused(given().header("Cookie", admin.cookieHeader()).get("/auth/users"));

        // Another session of the account made its own request, and an ended one does not get that answer.
        String others = UUID.randomUUID().toString();
        assertThat(byCookie(other, others, route).statusCode()).isEqualTo(204);
        refused(byCookie(admin.cookieHeader(), others, route));
        assertThat(byCookie(other, key, route).statusCode()).isEqualTo(204);
    }

    private static void refused(Response answer) {
        HttpContract.problem(answer.then(), 401, "session_revoked");
    }

    private static Response byCookie(String cookie, String key, String path) {
        return given().header("Cookie", cookie)
                .header("Origin", "http://localhost:8080")
                .header("Idempotency-Key", key)
                .post(path);
    }

    /** @param cookie of the session that ends by it */
    private record Ending(String cookie, String method, String path, String key) implements KeyedPostFaults.Attempt {

        private Ending(TestIdentity.Login login, String method, String path) {
            this(login.cookieHeader(), method, path, UUID.randomUUID().toString());
        }

        private Ending(ValidatableResponse logIn, String method, String path) {
            this(
                    "drover_session=" + logIn.extract().cookie("drover_session"),
                    method,
                    path,
                    UUID.randomUUID().toString());
        }

        @Override
        public Response send() {
            RequestSpecification request = given().header("Cookie", cookie).header("Origin", "http://localhost:8080");
            return (method.equals("POST") ? request.header("Idempotency-Key", key) : request).request(method, path);
        }

        @Override
        public void verify(Response answer) {
            refused(given().header("Cookie", cookie).get("/auth/me"));
        }
    }
}
