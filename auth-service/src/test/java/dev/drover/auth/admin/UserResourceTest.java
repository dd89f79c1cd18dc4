package dev.drover.auth.admin;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.restassured.http.ContentType;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;
import dev.drover.auth.errand.Errands;
import dev.drover.platform.identity.Roles;
import dev.drover.testing.TestIdentity;

@ServiceTest
class UserResourceTest {

    private static final String ADMIN_ID = "usr_" + "z".repeat(26);

    @Inject
    Errands errands;

    private final String admin = TestIdentity.logIn(ADMIN_ID, Roles.ADMIN).cookieHeader();
    private final Person ada = Person.anybody();
    private String id;

    @BeforeEach
    void signUp() {
        id = ada.signUp().statusCode(201).extract().path("id");
    }

    @Test
    void whoHasJustSignedUpIsFoundByAddressAndSoonByItsBeginning() {
        get("/auth/users?email=" + ada.email())
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("items.id", contains(id))
                .body("items[0].roles", empty())
                .body("items[0].lockedAt", nullValue());
        String beginning = ada.email().substring(0, 12);
        lookAfterAll();
        get("/auth/users?emailPrefix=" + beginning.toUpperCase()).body("items.id", contains(id));
        get("/auth/users/" + id).statusCode(200).body("email", equalTo(ada.email()));
        get("/auth/users?email=nobody@example.org").body("items", empty());
        get("/auth/users?email=nonsense").body("items", empty());
    }

    @Test
    void pagesFollowOneAnother() {
        Person bob = Person.signedUp();
        lookAfterAll();
        ExtractableResponse<Response> first =
                get("/auth/users?limit=1&emailPrefix=p").statusCode(200).extract();
        String next = first.path("nextCursor");
        assertThat(first.header("Link")).contains("cursor=" + next, "rel=\"next\"");
        String second = get("/auth/users?limit=1&emailPrefix=p&cursor=" + next)
                .statusCode(200)
                .extract()
                .path("items[0].email");
        assertThat(second).isGreaterThan(first.<String>path("items[0].email"));
        problem(get("/auth/users?emailPrefix=q&cursor=" + next), 400, "validation_failed");
        for (String none : List.of("***", "garbage", encoded("p"), encoded("p usr_x"))) {
            problem(get("/auth/users?cursor=" + none), 400, "validation_failed");
        }
        problem(get("/auth/users?email=p@example.org&emailPrefix=p"), 400, "validation_failed");
    }

    @Test
    void aLockedAccountHasNoSessionAndOpensNone() {
        String token = ada.logIn().statusCode(200).extract().path("accessToken");
        post("/lock").statusCode(204);
        problem(Person.me(token), 401, "session_revoked");
        problem(ada.logIn(), 403, "account_locked");
        problem(new Person(ada.email(), "not the password at all").logIn(), 401, "credentials_invalid");
        get("/auth/users/" + id).body("lockedAt", notNullValue());
        post("/lock").statusCode(204);
        post("/unlock").statusCode(204);
        post("/unlock").statusCode(204);
        ada.logIn().statusCode(200);
        given().header("Cookie", admin)
                .get("/auth/audit?account=" + id + "&kind=account_locked")
                .then()
                .body("items", hasSize(1))
                .body("items[0].actor", equalTo(ADMIN_ID));
        given().header("Cookie", admin)
                .get("/auth/audit?account=" + id + "&kind=login_failed")
                .then()
                .body("items.details.reason", containsInAnyOrder("account_locked", "password"));
    }

    @Test
    void unlockingEndsALockOutForWrongPasswordsToo() {
        for (int i = 0; i < 6; i++) {
            new Person(ada.email(), "not the password at all").logIn().statusCode(401);
        }
        problem(ada.logIn(), 401, "credentials_invalid");
        post("/unlock").statusCode(204);
        ada.logIn().statusCode(200);
    }

    @Test
    void otherRolesEndTheSessionsThatHaveTheOldOnes() {
        String token = ada.logIn().statusCode(200).extract().path("accessToken");
        roles(List.of("worker", "user")).statusCode(204);
        problem(Person.me(token), 401, "session_revoked");
        String worker = ada.logIn().statusCode(200).extract().path("accessToken");
        Person.me(worker).statusCode(200).body("roles", contains("worker"));
        roles(List.of("worker")).statusCode(204);
        Person.me(worker).statusCode(200);
        roles(List.of()).statusCode(204);
        problem(Person.me(worker), 401, "session_revoked");
        problem(roles(List.of("emperor")), 400, "validation_failed");
    }

    @Test
    void ofTwoAdminsWhoGiveRolesToWhatTheyReadTheSecondIsTold() {
        String read = version();
        problem(roles(List.of("worker"), ""), 428, "precondition_required");
        problem(roles(List.of("worker"), "\"worker\""), 400, "validation_failed");
        roles(List.of("worker"), read).statusCode(204);
        problem(roles(List.of("admin"), read), 412, "precondition_failed");
        get("/auth/users/" + id).body("roles", contains("worker"));

        String then = version();
        assertThat(then).isNotEqualTo(read);
        post("/lock").statusCode(204);
        problem(roles(List.of("admin"), then), 412, "precondition_failed");
        roles(List.of(), version()).statusCode(204);
    }

    private String version() {
        return get("/auth/users/" + id).statusCode(200).extract().header("ETag");
    }

    @Test
    void anAdminMadeByAnAdminIsOne() {
        roles(List.of("admin")).statusCode(204);
        String token = ada.logIn().statusCode(200).extract().path("accessToken");
        given().header("Authorization", "Bearer " + token)
                .get("/auth/users/" + id)
                .then()
                .statusCode(200)
                .body("roles", contains("admin"));
    }

    @Test
    void allSessionsAreEndedAtOnce() {
        String first = ada.logIn().statusCode(200).extract().path("accessToken");
        String second = ada.logIn().statusCode(200).extract().path("accessToken");
        post("/revoke").statusCode(204);
        problem(Person.me(first), 401, "session_revoked");
        problem(Person.me(second), 401, "session_revoked");
        ada.logIn().statusCode(200);
    }

    @Test
    void nobodyLocksThemselvesOut() {
        problem(
                given().header("Cookie", admin)
                        .header("Origin", "http://localhost:8080")
                        .post("/auth/users/" + ADMIN_ID + "/lock")
                        .then(),
                409,
                "own_account");
    }

    @Test
    void whoIsNotThereIsNotFoundAndWhoIsNoAdminMayNothing() {
        id = "usr_" + "0".repeat(26);
        for (String action : List.of("/lock", "/unlock", "/revoke")) {
            problem(post(action), 404, "not_found");
        }
        problem(roles(List.of("worker")), 404, "not_found");
        problem(get("/auth/users/" + id), 404, "not_found");
        problem(get("/auth/users/nonsense"), 404, "not_found");
        String anybody = TestIdentity.logIn().cookieHeader();
        problem(given().header("Cookie", anybody).get("/auth/users").then(), 403, "forbidden");
    }

    private ValidatableResponse get(String path) {
        return given().header("Cookie", admin).get(path).then();
    }

    private ValidatableResponse post(String action) {
        return given().header("Cookie", admin)
                .header("Origin", "http://localhost:8080")
                .post("/auth/users/" + id + action)
                .then();
    }

    private ValidatableResponse roles(List<String> roles) {
        return roles(roles, "*");
    }

    private ValidatableResponse roles(List<String> roles, String ifMatch) {
        return given().header("Cookie", admin)
                .header("Origin", "http://localhost:8080")
                .headers(ifMatch.isEmpty() ? Map.of() : Map.of("If-Match", ifMatch))
                .contentType(ContentType.JSON)
                .body(Map.of("roles", roles))
                .put("/auth/users/" + id + "/roles")
                .then();
    }

    /** Accounts of other tests come first. */
    private void lookAfterAll() {
        for (int rounds = 0; rounds < 100 && errands.run() > 0; rounds++) {}
    }

    private static String encoded(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }
}
