package dev.drover.auth.audit;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.restassured.http.ContentType;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;
import dev.drover.platform.identity.Roles;
import dev.drover.testing.TestIdentity;

@ServiceTest
class AuditResourceTest {

    private final String admin =
            TestIdentity.logIn("usr_" + "z".repeat(26), Roles.ADMIN).cookieHeader();

    @Test
    void anAdminSeesWhatAnAccountDid() {
        Person ada = Person.anybody();
        String id = ada.signUp().statusCode(201).extract().path("id");
        new Person(ada.email(), "not the password").logIn().statusCode(401);
        ExtractableResponse<Response> login = ada.logIn().statusCode(200).extract();
        given().header("Authorization", "Bearer " + login.path("accessToken"))
                .post("/auth/logout")
                .then()
                .statusCode(204);
        list(Map.of("account", id))
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("items.kind", equalTo(List.of("logout", "login", "login_failed", "signup")))
                .body("items.account", everyItem(equalTo(id)))
                .body("items.session", hasItem(login.<String>path("sessionId")))
                .body("items[0].address", notNullValue())
                .body("items[0].hash", notNullValue());
        list(Map.of("account", id, "kind", "login_failed"))
                .body("items", hasSize(1))
                .body("items[0].details.reason", equalTo("password"));
        list(Map.of("account", id, "from", "2000-01-01T00:00:00Z", "to", "2001-01-01T00:00:00Z"))
                .body("items", hasSize(0));
    }

    /** Five are free; wherever passwords are asked for, the sixth locks. */
    @Test
    void aLockOutHasItsEntryWhereverItBegan() {
        Person atLogIn = Person.anybody();
        Person atChange = Person.anybody();
        Person atDisable = Person.anybody();
        lockedOut(atLogIn, bearer -> new Person(atLogIn.email(), "not the password").logIn());
        lockedOut(
                atChange,
                bearer -> post(
                        bearer,
                        "/auth/password/change",
                        Map.of("currentPassword", "not the password", "newPassword", "another long secret")));
        lockedOut(atDisable, bearer -> post(bearer, "/auth/mfa/totp/disable", Map.of("password", "not the password")));
    }

    private void lockedOut(Person person, Consumer<String> wrong) {
        String id = person.signUp().statusCode(201).extract().path("id");
        String bearer = "Bearer " + person.logIn().statusCode(200).extract().path("accessToken");
        for (int i = 0; i < 6; i++) {
            wrong.accept(bearer);
        }
        problem(person.logIn(), 401, "credentials_invalid");
        list(Map.of("account", id, "kind", "locked_out"))
                .body("items", hasSize(1))
                .body("items[0].details.by", equalTo("account"));
    }

    private static void post(String bearer, String path, Map<String, String> body) {
        given().header("Authorization", bearer)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then()
                .statusCode(greaterThanOrEqualTo(400));
    }

    @Test
    void pagesFollowOneAnother() {
        Person ada = Person.anybody();
        String id = ada.signUp().statusCode(201).extract().path("id");
        ada.logIn().statusCode(200);
        ExtractableResponse<Response> first =
                list(Map.of("account", id, "limit", "1")).statusCode(200).extract();
        String next = first.path("nextCursor");
        assertThat(first.header("Link")).contains("cursor=" + next, "account=" + id, "rel=\"next\"");
        list(Map.of("account", id, "limit", "1", "cursor", next))
                .statusCode(200)
                .body("items.kind", equalTo(List.of("signup")));
    }

    @Test
    void itIsForAdminsOnly() {
        String anybody =
                TestIdentity.logIn("usr_" + "y".repeat(26), Roles.WORKER).cookieHeader();
        for (String path : new String[] {"/auth/audit", "/auth/audit/verification"}) {
            problem(given().header("Cookie", anybody).get(path).then(), 403, "forbidden");
            problem(given().get(path).then(), 401, "unauthenticated");
        }
    }

    @Test
    void whatIsAskedForWronglyIsNamed() {
        for (Map<String, String> query : List.of(
                Map.of("kind", "nonsense"),
                Map.of("from", "yesterday"),
                Map.of("to", "1969-01-01T00:00:00Z"),
                Map.of("limit", "0"),
                Map.of("limit", "201"),
                Map.of("cursor", "nonsense"))) {
            problem(list(query), 400, "validation_failed");
        }
    }

    @Test
    void theWholeLogIsVerified() {
        Person.signedUp();
        given().header("Cookie", admin)
                .get("/auth/audit/verification")
                .then()
                .statusCode(200)
                .body("intact", equalTo(true))
                .body("lastSequence", notNullValue())
                .body("head", notNullValue());
    }

    @Test
    void whoNotedTheNewestEntryIsToldThatItIsStillThere() {
        Person.signedUp();
        ExtractableResponse<Response> first = given().header("Cookie", admin)
                .get("/auth/audit/verification")
                .then()
                .extract();
        Person.signedUp();
        int last = first.path("lastSequence");
        verification(Map.of("lastSequence", last, "head", first.<String>path("head")))
                .body("intact", equalTo(true));
        verification(Map.of("lastSequence", last, "head", "another"))
                .body("intact", equalTo(false))
                .body("brokenAt", equalTo(last))
                .body("fault", equalTo("changed"));
        verification(Map.of("lastSequence", last + 1_000_000, "head", "any"))
                .body("intact", equalTo(false))
                .body("fault", equalTo("missing"));
        problem(verification(Map.of("head", "alone")), 400, "validation_failed");
    }

    private ValidatableResponse verification(Map<String, ?> noted) {
        return given().header("Cookie", admin)
                .queryParams(noted)
                .get("/auth/audit/verification")
                .then();
    }

    private ValidatableResponse list(Map<String, String> query) {
        return given().header("Cookie", admin)
                .queryParams(query)
                .get("/auth/audit")
                .then();
    }
}
