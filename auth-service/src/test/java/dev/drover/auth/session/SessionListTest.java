package dev.drover.auth.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Inject;

import io.restassured.http.ContentType;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.session.NewSession.Owner;
import dev.drover.auth.session.SessionList.Enlistment;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.SessionKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.Eventually;
import dev.drover.testing.HttpContract;

/** A-12, and what an account sees of its sessions. */
@ServiceTest
class SessionListTest {

    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    @Inject
    RedisCalls redis;

    @Inject
    SessionList list;

    @Inject
    SessionStore store;

    @Inject
    Sessions sessions;

    @Inject
    SessionClosing closing;

    @Inject
    Ids ids;

    private Person person;
    private String sub;

    @BeforeEach
    void somebodySignsUp() {
        person = Person.anybody();
        sub = person.signUp().statusCode(201).extract().path("id");
    }

    @Test
    void sessionsAreListedNewestFirstWithDeviceAndAddress() {
        String first = logInBy(FIREFOX).path("sessionId");
        ExtractableResponse<Response> second = logInBy("curl/8.5.0");

        listed(second.path("accessToken"))
                .body("sessions", hasSize(2))
                .body("sessions.device", contains("curl", "Firefox on Linux"))
                .body("sessions.current", contains(true, false))
                .body("sessions.address", everyItem(startsWith("127.")))
                .body("sessions.createdAt", everyItem(endsWith("Z")))
                .body(
                        "sessions[0].lastUsedAt",
                        equalTo(lastUse(second).truncatedTo(ChronoUnit.MILLIS).toString()))
                .body("sessions.id", contains(second.path("sessionId"), first));
    }

    @Test
    void aUseIsNotedByTheRefreshThatComesWithIt() {
        ExtractableResponse<Response> login = person.logIn().extract();
        Instant createdAt = lastUse(login);
        Person.refresh(login.path("refreshToken")).statusCode(200);
        assertThat(lastUse(login)).isAfter(createdAt);
    }

    @Test
    void aUseIsNotedWhenTheLastNoteIsMinutesOldAndNotBefore() {
        ExtractableResponse<Response> login = person.logIn().extract();
        String key = SessionKeys.session(login.path("sessionId"));
        Instant fresh = lastUse(login);
        Person.me(login.path("accessToken")).statusCode(200);
        assertThat(lastUse(login)).isEqualTo(fresh);

        redis.send(
                Command.HSET, key, "lastUsedAt", Instant.now().minusSeconds(660).toString());
        Person.me(login.path("accessToken")).statusCode(200);
        Eventually.within(Duration.ofSeconds(5)).until(() -> !lastUse(login).isBefore(fresh));
    }

    @Test
    void oneSessionIsEndedAndTheOthersGoOn() {
        ExtractableResponse<Response> phone = logInBy("curl/8.5.0");
        String here = logInBy(FIREFOX).path("accessToken");

        end(here, phone.path("sessionId")).statusCode(204);

        HttpContract.problem(Person.me(phone.path("accessToken")), 401, "session_revoked");
        listed(here).body("sessions", hasSize(1));
        end(here, phone.path("sessionId")).statusCode(204);
    }

    @Test
    void aSessionThatEndedBeforeIsNobodyElsesToKnow() {
        ExtractableResponse<Response> theirs = person.logIn().extract();
        end(theirs.path("accessToken"), theirs.path("sessionId")).statusCode(204);
        SessionId neverOpened = id();
        store.revokeAhead(neverOpened, Instant.now(), "too_many_sessions");
        Person stranger = Person.signedUp();
        String token = stranger.logIn().extract().path("accessToken");

        HttpContract.problem(end(token, theirs.path("sessionId")), 404, "session_not_found");
        HttpContract.problem(end(token, neverOpened.value()), 404, "session_not_found");
    }

    @Test
    void anEndedSessionEndsNoOther() {
        ExtractableResponse<Response> ended = person.logIn().extract();
        ExtractableResponse<Response> other = person.logIn().extract();
        end(ended.path("accessToken"), ended.path("sessionId")).statusCode(204);

        end(ended.path("accessToken"), ended.path("sessionId"))
                .statusCode(204)
                .header("Set-Cookie", containsString("Max-Age=0"));
        HttpContract.problem(end(ended.path("accessToken"), other.path("sessionId")), 401, "session_revoked");
        Person.me(other.path("accessToken")).statusCode(200);
    }

    @Test
    void aStrangersSessionIsNotFoundAndGoesOn() {
        ExtractableResponse<Response> theirs = person.logIn().extract();
        Person stranger = Person.signedUp();
        String token = stranger.logIn().extract().path("accessToken");

        HttpContract.problem(end(token, theirs.path("sessionId")), 404, "session_not_found");

        Person.me(theirs.path("accessToken")).statusCode(200);
        listed(token).body("sessions.id", not(contains(theirs.<String>path("sessionId"))));
    }

    @Test
    void loggingOutEverywhereEndsEverySession() {
        ExtractableResponse<Response> one = person.logIn().extract();
        ExtractableResponse<Response> other = person.logIn().extract();

        given().header("Authorization", "Bearer " + one.path("accessToken"))
                .post("/auth/logout-all")
                .then()
                .statusCode(204);

        for (ExtractableResponse<Response> login : List.of(one, other)) {
            HttpContract.problem(Person.me(login.path("accessToken")), 401, "session_revoked");
            HttpContract.problem(Person.refresh(login.path("refreshToken")), 401, "refresh_expired");
        }
        person.logIn().statusCode(200);
    }

    @Test
    void aLogInCheckedBeforeAllSessionsEndedOpensNone() {
        closing.closeAll(
                sub, "logout_all", AuditEvent.of(AuditKind.SESSIONS_REVOKED).about(sub));
        assertThat(sessions.open(owner(0), new SessionOrigin("curl", "127.0.0.1"), Optional.empty()))
                .isEmpty();
        assertThat(sessions.open(owner(1), new SessionOrigin("curl", "127.0.0.1"), Optional.empty()))
                .isPresent();
    }

    @Test
    void aSessionThatIsListedAndNotYetOpenWhenAllEndIsNeverOpened() {
        SessionId id = new SessionId("ses_" + ids.random());
        assertThat(list.enlist(sub, 0, id)).isInstanceOf(Enlistment.Enlisted.class);
        closing.closeAll(
                sub, "logout_all", AuditEvent.of(AuditKind.SESSIONS_REVOKED).about(sub));
        assertThat(store.open(new NewSession(
                        id, owner(0), new SessionOrigin("curl", "127.0.0.1"), SessionSecrets.random(), Instant.now())))
                .isEqualTo(new OpenResult.Revoked());
    }

    @Test
    void anAccountHasSoManySessionsAndTheOldestMakeWay() {
        SessionList small = new RedisSessionList(redis, Duration.ofDays(30).toMillis(), 2);
        List<SessionId> opened = List.of(id(), id(), id());
        assertThat(small.enlist(sub, 0, opened.get(0))).isEqualTo(new Enlistment.Enlisted(List.of()));
        later(opened.get(0));
        assertThat(small.enlist(sub, 0, opened.get(1))).isEqualTo(new Enlistment.Enlisted(List.of()));
        assertThat(small.enlist(sub, 0, opened.get(2))).isEqualTo(new Enlistment.Enlisted(List.of(opened.get(0))));
    }

    @Test
    void aSessionOfManyBeyondTheBoundIsEndedWithItsTokens() {
        ExtractableResponse<Response> oldest = person.logIn().extract();
        store.revokeAhead(new SessionId(oldest.path("sessionId")), Instant.now(), "too_many_sessions");
        HttpContract.problem(Person.me(oldest.path("accessToken")), 401, "session_revoked");
    }

    /** Moves a session back in the list, so that order does not hang on a millisecond. */
    private void later(SessionId id) {
        redis.send(Command.ZINCRBY, SessionListKeys.sessions(sub), "-1000", id.value());
    }

    private SessionId id() {
        return new SessionId("ses_" + ids.random());
    }

    private Owner owner(long epoch) {
        return new Owner(sub, person.email(), Set.of(), epoch);
    }

    private Instant lastUse(ExtractableResponse<Response> login) {
        return Instant.parse(redis.send(Command.HGET, SessionKeys.session(login.path("sessionId")), "lastUsedAt")
                .toString());
    }

    private ExtractableResponse<Response> logInBy(String userAgent) {
        return given().contentType(ContentType.JSON)
                .header("User-Agent", userAgent)
                .body("{\"email\":\"%s\",\"password\":\"%s\"}".formatted(person.email(), person.password()))
                .post("/auth/login")
                .then()
                .statusCode(200)
                .extract();
    }

    private static ValidatableResponse listed(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/auth/sessions")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse end(String token, String session) {
        return given().header("Authorization", "Bearer " + token)
                .delete("/auth/sessions/" + session)
                .then();
    }
}
