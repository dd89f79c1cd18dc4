package dev.drover.auth.recovery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.errand.Errands;
import dev.drover.auth.mail.MailKeys;
import dev.drover.auth.mail.SentMail;
import dev.drover.auth.session.SessionClosing;
import dev.drover.auth.session.SessionListKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.Eventually;
import dev.drover.testing.HttpContract;

@ServiceTest
class RecoveryResourceTest {

    private static final String CHOSEN = "counts goats at night";

    @Inject
    SentMail mail;

    @Inject
    RedisCalls redis;

    @Inject
    MeterRegistry meters;

    @Inject
    Errands errands;

    @Inject
    SessionClosing closing;

    private Person person;
    private String sub;
    private String token;

    @BeforeEach
    void somebodySignsUpAndLogsIn() {
        person = Person.anybody();
        sub = person.signUp().statusCode(201).extract().path("id");
        token = person.logIn().statusCode(200).extract().path("accessToken");
    }

    @Test
    void aNewAccountIsMailedALinkThatVerifiesItsAddressOnce() {
        assertThat(mail.to(sub)).hasSize(1);
        SentMail.Mail sent = mail.lastTo(sub);
        assertThat(sent.to()).isEqualTo(person.email());
        assertThat(sent.text()).contains("/auth/pages/verify-email#token=vfy_");
        Person.me(token).body("emailVerified", equalTo(false));

        post("/auth/verify-email", Map.of("token", sent.token())).statusCode(204);

        Person.me(token).body("emailVerified", equalTo(true));
        HttpContract.problem(post("/auth/verify-email", Map.of("token", sent.token())), 410, "link_invalid");
    }

    @Test
    void whatIsNotTheTokenVerifiesNothing() {
        String sent = mail.lastTo(sub).token();
        String forged = sent.substring(0, sent.length() - 2) + (sent.endsWith("AA") ? "BB" : "AA");
        for (String wrong : List.of(forged, "vfy_x", "x", sent.replace("vfy_", "rst_"))) {
            HttpContract.problem(post("/auth/verify-email", Map.of("token", wrong)), 410, "link_invalid");
        }
        HttpContract.problem(post("/auth/verify-email", Map.of("token", " ")), 400, "validation_failed");
        post("/auth/verify-email", Map.of("token", sent)).statusCode(204);
    }

    @Test
    void aSecondMailIsSentAfterAPauseAndItsTokenReplacesTheFirst() {
        String first = mail.lastTo(sub).token();
        asThem().post("/auth/verify-email/resend").then().statusCode(202);
        assertThat(mail.to(sub)).hasSize(1);

        pauseIsOver(MailKeys.token(dev.drover.auth.mail.MailToken.Kind.VERIFICATION, sub));
        asThem().post("/auth/verify-email/resend").then().statusCode(202);

        assertThat(mail.to(sub)).hasSize(2);
        HttpContract.problem(post("/auth/verify-email", Map.of("token", first)), 410, "link_invalid");
        post("/auth/verify-email", Map.of("token", mail.lastTo(sub).token())).statusCode(204);
        HttpContract.problem(asThem().post("/auth/verify-email/resend").then(), 409, "email_verified");
    }

    @Test
    void aForgottenPasswordIsSetAnewAndEverySessionEnds() {
        String refreshToken = person.logIn().extract().path("refreshToken");
        forgot(person.email()).statusCode(202);
        SentMail.Mail sent = mail.lastTo(sub);
        assertThat(sent.to()).isEqualTo(person.email());
        assertThat(sent.text()).contains("/auth/pages/reset-password#token=rst_");

        reset(sent.token(), CHOSEN).statusCode(204);

        HttpContract.problem(Person.me(token), 401, "session_revoked");
        HttpContract.problem(Person.refresh(refreshToken), 401, "refresh_expired");
        HttpContract.problem(person.logIn(), 401, "credentials_invalid");
        Person.me(new Person(person.email(), CHOSEN)
                        .logIn()
                        .statusCode(200)
                        .extract()
                        .path("accessToken"))
                .body("emailVerified", equalTo(true));
        assertThat(mail.lastTo(sub).subject()).isEqualTo("Your password was changed");
        HttpContract.problem(reset(sent.token(), "another good secret"), 410, "link_invalid");
    }

    @Test
    void ofManyResetsByOneTokenOneCounts() throws Exception {
        forgot(person.email()).statusCode(202);
        String sent = mail.lastTo(sub).token();
        try (var threads = Executors.newFixedThreadPool(6)) {
            Callable<Integer> reset =
                    () -> reset(sent, CHOSEN + UUID.randomUUID()).extract().statusCode();
            List<Integer> statuses = threads.invokeAll(Collections.nCopies(6, reset)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(statuses).containsOnlyOnce(204).containsOnly(204, 410);
        }
    }

    @Test
    void aResetRepeatedWithItsKeyIsOneReset() {
        forgot(person.email()).statusCode(202);
        Map<String, String> body = Map.of("token", mail.lastTo(sub).token(), "password", CHOSEN);
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            given().contentType(ContentType.JSON)
                    .header("Idempotency-Key", key)
                    .body(body)
                    .post("/auth/password/reset")
                    .then()
                    .statusCode(204);
        }
        assertThat(mail.to(sub))
                .filteredOn(sent -> sent.subject().contains("changed"))
                .hasSize(1);
    }

    @Test
    void forgottenAnswersAndAsksRedisTheSameWhetherThereIsAnAccountOrNot() {
        forgot(person.email()).statusCode(202);
        long before = redisCalls();
        String known = forgot(person.email()).statusCode(202).extract().asString();
        long forKnown = redisCalls() - before;
        String unknown =
                forgot(Person.anybody().email()).statusCode(202).extract().asString();
        assertThat(redisCalls() - before - forKnown).isEqualTo(forKnown);
        assertThat(unknown).isEqualTo(known);
    }

    @Test
    void aForgottenPasswordIsMailedOnceAMinuteHoweverOftenItIsAskedFor() {
        for (int i = 0; i < 5; i++) {
            forgot(person.email()).statusCode(202);
        }
        assertThat(mail.to(sub))
                .filteredOn(sent -> sent.subject().contains("new password"))
                .hasSize(1);
    }

    @Test
    void aResetEndsALockOut() {
        for (int i = 0; i < 6; i++) {
            new Person(person.email(), "not the password").logIn().statusCode(401);
        }
        person.logIn().statusCode(401);
        forgot(person.email()).statusCode(202);
        reset(mail.lastTo(sub).token(), CHOSEN).statusCode(204);
        new Person(person.email(), CHOSEN).logIn().statusCode(200);
    }

    @Test
    void whatIsNeitherATokenNorAPasswordIsNamed() {
        HttpContract.problem(reset("", "short"), 400, "validation_failed")
                .body("violations.pointer", containsInAnyOrder("/token", "/password"));
    }

    @Test
    void aCommonPasswordIsNoneToChooseAndTheTokenIsNotSpentOnIt() {
        forgot(person.email()).statusCode(202);
        String sent = mail.lastTo(sub).token();
        HttpContract.problem(reset(sent, "password2026!"), 400, "validation_failed")
                .body("violations.pointer", contains("/password"));
        reset(sent, CHOSEN).statusCode(204);
    }

    @Test
    void anInstanceThatDiesBeforeItEndsTheSessionsLeavesThatToTheOthers() {
        String open = person.logIn().extract().path("sessionId");
        // What the script of a reset leaves behind.
        errands.during(sub, () -> redis.send(Command.HSET, SessionListKeys.closing(sub), open, "password_reset"));

        Eventually.within(Duration.ofSeconds(30)).untilAsserted(() -> {
            errands.run();
            assertThat(redis.send(Command.EXISTS, SessionListKeys.closing(sub)).toInteger())
                    .isZero();
        });
        assertThat(redis.send(Command.HGET, "drover:{" + open + "}:session", "revokedBecause")
                        .toString())
                .isEqualTo("password_reset");
    }

    @Test
    void anOutboxThatADeadInstanceLeftIsDelivered() {
        SentMail.Mail sent = mail.lastTo(sub);
        Eventually.within(Duration.ofSeconds(30)).untilAsserted(() -> {
            errands.run();
            assertThat(mail.to(sub)).isEmpty();
        });
        assertThat(redis.send(Command.HGET, "drover:{q:mail}:payloads", sent.jobId())
                        .toString())
                .contains("letter")
                .doesNotContain(person.email(), sent.token());
    }

    @Test
    void afterLoggingOutEverywhereALogInThatWasCheckedBeforeOpensNothing() {
        closing.closeAll(
                sub, "logout_all", AuditEvent.of(AuditKind.SESSIONS_REVOKED).about(sub));
        HttpContract.problem(Person.me(token), 401, "session_revoked");
        person.logIn().statusCode(200);
    }

    private long redisCalls() {
        return meters.find("drover.redis.calls").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private void pauseIsOver(String tokenKey) {
        redis.send(Command.PEXPIRE, tokenKey, "3600000");
    }

    private io.restassured.specification.RequestSpecification asThem() {
        return given().header("Authorization", "Bearer " + token);
    }

    private ValidatableResponse forgot(String email) {
        return post("/auth/password/forgot", Map.of("email", email));
    }

    private static ValidatableResponse reset(String token, String password) {
        return post("/auth/password/reset", Map.of("token", token, "password", password));
    }

    private static ValidatableResponse post(String path, Map<String, String> body) {
        return given().contentType(ContentType.JSON).body(body).post(path).then();
    }
}
