package dev.drover.auth.erasure;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Inject;

import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;
import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.EmailAddress;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.errand.Errands;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.identity.SessionKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.TestIdentity;

/** an account is erased as a whole, or not at all. */
@ServiceTest
class ErasureResourceTest {

    @Inject
    RedisCalls redis;

    @Inject
    ErasureStore store;

    @Inject
    Errands errands;

    @Inject
    AuditLog audit;

    private final String admin =
            TestIdentity.logIn("usr_" + "z".repeat(26), Roles.ADMIN).cookieHeader();
    private final Person ada = Person.anybody();

    @Test
    void anErasedAccountIsGoneEverywhereAndItsAddressIsFree() {
        String id = ada.signUp().statusCode(201).extract().path("id");
        String other = ada.logIn().statusCode(200).extract().path("accessToken");
        ExtractableResponse<Response> login = ada.logIn().statusCode(200).extract();
        erase(login).then().statusCode(204).header("Set-Cookie", containsString("Max-Age=0"));

        problem(Person.me(other), 401, "session_revoked");
        problem(Person.refresh(login.path("refreshToken")), 401, "refresh_expired");
        problem(ada.logIn(), 401, "credentials_invalid");
        assertThat(leftOf(id)).as("of the account").containsExactlyInAnyOrder("erasedAt", "sessionEpoch");
        given().header("Cookie", admin)
                .get("/auth/audit?kind=erased&account=" + id)
                .then()
                .body("items", hasSize(1));
        given().header("Cookie", admin)
                .get("/auth/users?emailPrefix=" + ada.email())
                .then()
                .body("items", empty());

        String erasure = redis.send(Command.GET, "drover:{" + id + "}:erasure").toString();
        assertThat(redis.send(Command.HGET, "drover:{q:housekeeping}:payloads", "job_housekeeping_" + erasure)
                        .toString())
                .as("the job that erases the rest")
                .contains(erasure);

        String next = ada.signUp().statusCode(201).extract().path("id");
        assertThat(next).isNotEqualTo(id);
        ada.logIn().statusCode(200);
    }

    @Test
    void aSessionThatIsNotRecentDoesNotErase() {
        ada.signUp().statusCode(201);
        ExtractableResponse<Response> login = ada.logIn().statusCode(200).extract();
        redis.send(
                Command.HSET,
                SessionKeys.session(login.path("sessionId")),
                "createdAt",
                Instant.now().minusSeconds(601).toString());
        problem(erase(login).then(), 403, "login_too_old");
        ada.logIn().statusCode(200);
    }

    @Test
    void whatAStopLeftAfterTheFirstStepIsCarriedOn() {
        AccountId id = new AccountId(ada.signUp().statusCode(201).extract().path("id"));
        ada.logIn().statusCode(200);
        OwedEntry entry = audit.entry(AuditEvent.of(AuditKind.ERASED).about(id.value()));
        assertThat(store.erase(id, Instant.now(), Duration.ofHours(1), entry)).isTrue();
        assertThat(store.erase(id, Instant.now(), Duration.ofHours(1), entry)).isFalse();
        // The account was noted when it was made, and any instance looks after it.
        lookAfterAll();
        assertThat(store.addressToFree(id)).isEmpty();
        ada.signUp().statusCode(201);
        given().header("Cookie", admin)
                .get("/auth/audit?kind=erased&account=" + id.value())
                .then()
                .body("items", hasSize(1));
    }

    @Test
    void anAdminSeesThatAnAccountIsGoneAndWhatItDid() {
        String id = ada.signUp().statusCode(201).extract().path("id");
        problem(
                given().header("Cookie", admin)
                        .get("/auth/users/" + "usr_" + "9".repeat(26))
                        .then(),
                404,
                "not_found");
        given().header("Cookie", admin).get("/auth/users/" + id).then().statusCode(200);
        erase(ada.logIn().statusCode(200).extract()).then().statusCode(204);
        problem(given().header("Cookie", admin).get("/auth/users/" + id).then(), 404, "not_found");
        given().header("Cookie", admin)
                .get("/auth/users?email=" + ada.email())
                .then()
                .body("items", empty());
        given().header("Cookie", admin)
                .get("/auth/audit?account=" + id)
                .then()
                .body("items.kind", equalTo(List.of("erased", "login", "signup")));
    }

    @Test
    void anAddressThatIsSomebodyElsesByNowStaysTheirs() {
        AccountId id = new AccountId(ada.signUp().statusCode(201).extract().path("id"));
        store.free(new EmailAddress(ada.email()), new AccountId("usr_" + "1".repeat(26)));
        ada.logIn().statusCode(200);
        assertThat(store.addressToFree(id)).isEmpty();
    }

    private static Response erase(ExtractableResponse<Response> login) {
        return given().header("Authorization", "Bearer " + login.path("accessToken"))
                .delete("/auth/me");
    }

    private List<String> leftOf(String id) {
        return new ArrayList<>(
                redis.send(Command.HGETALL, "drover:{" + id + "}:account").getKeys());
    }

    /** Accounts of other tests come first. */
    private void lookAfterAll() {
        for (int rounds = 0; rounds < 100 && errands.run() > 0; rounds++) {}
    }
}
