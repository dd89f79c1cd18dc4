package dev.drover.auth.mfa;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;

import jakarta.inject.Inject;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.auth.LostRecords;
import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;
import dev.drover.auth.mail.SentMail;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.TestIdentity;

/** The first code is of this step and the second of the next, so that no test depends on where in its step it begins. */
@ServiceTest
class TotpResourceTest {

    private static final String DISABLED = "The second factor of your account was given up";

    @Inject
    RedisCalls redis;

    @Inject
    SentMail mail;

    private final Person ada = Person.anybody();
    private String bearer;
    private String sub;

    @BeforeEach
    void logIn() {
        sub = ada.signUp().statusCode(201).extract().path("id");
        bearer = "Bearer " + ada.logIn().statusCode(200).extract().path("accessToken");
    }

    @Test
    void whatIsShownAtEnrolmentFitsAnApp() {
        ValidatableResponse enrolment = post("/auth/mfa/totp", Map.of()).statusCode(200);
        String secret = enrolment.extract().path("secret");
        assertThat(secret).matches("[A-Z2-7]{32}");
        enrolment.header("Cache-Control", "no-store");
        assertThat(enrolment.extract().<String>path("otpauthUri"))
                .isEqualTo("otpauth://totp/Drover:" + ada.email().replace("@", "%40") + "?secret=" + secret
                        + "&issuer=Drover&algorithm=SHA1&digits=6&period=30");
        assertThat(enrolment.extract().<String>path("qrSvg"))
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                .endsWith("</svg>")
                .doesNotContain(secret);
        state("pending", 0);
        ada.logIn().statusCode(200);
    }

    @Test
    void onceConfirmedALogInTakesACodeThatNobodyUsedBefore() {
        TotpSecret secret = enrolled();
        long step = TotpSecret.step(Instant.now());
        confirm(secret.code(step)).statusCode(200).body("recoveryCodes", hasSize(10));
        state("active", 10);

        problem(ada.logIn(), 401, "totp_required");
        problem(logIn(secret.code(step)), 401, "totp_invalid");
        problem(logIn(wrong(secret)), 401, "totp_invalid");
        logIn(secret.code(step + 1)).statusCode(200).body("accessToken", notNullValue());
        problem(logIn(secret.code(step + 1)), 401, "totp_invalid");
    }

    @Test
    void aWrongCodeHasItsEntryInTheAuditLog() {
        TotpSecret secret = enrolled();
        confirm(secret.code(TotpSecret.step(Instant.now()))).statusCode(200);
        problem(logIn(wrong(secret)), 401, "totp_invalid");
        String id = given().header("Authorization", bearer)
                .get("/auth/me")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        given().header(
                        "Cookie",
                        TestIdentity.logIn("usr_" + "z".repeat(26), Roles.ADMIN).cookieHeader())
                .get("/auth/audit?kind=login_failed&account=" + id)
                .then()
                .statusCode(200)
                .body("items.details.reason", equalTo(List.of("second_factor")));
    }

    @Test
    void aWrongPasswordTellsNothingOfTheSecondFactor() {
        TotpSecret secret = enrolled();
        confirm(secret.code(TotpSecret.step(Instant.now()))).statusCode(200);
        problem(new Person(ada.email(), "not the password at all").logIn(), 401, "credentials_invalid");
    }

    @Test
    void aRecoveryCodeStandsInForTheAppOnce() {
        TotpSecret secret = enrolled();
        List<String> codes = confirm(secret.code(TotpSecret.step(Instant.now())))
                .statusCode(200)
                .extract()
                .path("recoveryCodes");
        assertThat(codes).doesNotHaveDuplicates().allMatch(code -> code.matches("[0-9a-z]{4}(-[0-9a-z]{4}){3}"));
        recover(codes.getFirst()).statusCode(200);
        problem(recover(codes.getFirst()), 401, "totp_invalid");
        recover(codes.get(1).toUpperCase().replace("-", " ")).statusCode(200);
        state("active", 8);
    }

    @Test
    void whoLostTheRecoveryCodesMakesOthersWithACodeOfTheApp() {
        problem(renew("123456"), 409, "totp_not_enrolled");
        TotpSecret secret = enrolled();
        long step = TotpSecret.step(Instant.now());
        List<String> lost = confirm(secret.code(step)).statusCode(200).extract().path("recoveryCodes");
        problem(renew(wrong(secret)), 401, "totp_invalid");
        problem(renew(secret.code(step)), 401, "totp_invalid");
        List<String> codes = renew(secret.code(step + 1))
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .path("recoveryCodes");
        assertThat(codes).hasSize(10).doesNotContainAnyElementsOf(lost);
        state("active", 10);
        problem(recover(lost.getFirst()), 401, "totp_invalid");
        recover(codes.getFirst()).statusCode(200);
        assertThat(mails())
                .filteredOn("Your recovery codes were replaced"::equals)
                .hasSize(1);
    }

    private ValidatableResponse renew(String code) {
        return post("/auth/mfa/totp/recovery-codes", Map.of("code", code));
    }

    @Test
    void aLogInRepeatedByItsKeyIsNoReplayOfItsCode() {
        TotpSecret secret = enrolled();
        long step = TotpSecret.step(Instant.now());
        confirm(secret.code(step)).statusCode(200);
        String key = UUID.randomUUID().toString();
        String first =
                keyed(key, secret.code(step + 1)).statusCode(200).extract().path("sessionId");
        keyed(key, secret.code(step + 1)).statusCode(200).body("sessionId", equalTo(first));
    }

    @Test
    void aConfirmationWhoseInstanceDiedShowsTheSameRecoveryCodesToItsRepeatAndToNoOther() {
        TotpSecret secret = enrolled();
        String code = secret.code(TotpSecret.step(Instant.now()));
        String key = UUID.randomUUID().toString();
        List<String> shown = confirm(key, code).statusCode(200).extract().path("recoveryCodes");
        assertThat(shown).hasSize(10).doesNotHaveDuplicates();

        LostRecords.lose(redis);
        assertThat(confirm(key, code).statusCode(200).extract().<List<String>>path("recoveryCodes"))
                .isEqualTo(shown);
        LostRecords.lose(redis);
        problem(confirm(key, wrong(secret)), 409, "totp_active");
        problem(confirm(UUID.randomUUID().toString(), code), 409, "totp_active");
        recover(shown.getLast()).statusCode(200);
        state("active", 9);
    }

    private ValidatableResponse confirm(String key, String code) {
        return given().header("Authorization", bearer)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(Map.of("code", code))
                .post("/auth/mfa/totp/confirm")
                .then();
    }

    @Test
    void itIsGivenUpByPasswordAndAProofAndNothingLessAndItsOwnerIsTold() {
        TotpSecret secret = enrolled();
        long step = TotpSecret.step(Instant.now());
        List<String> codes =
                confirm(secret.code(step)).statusCode(200).extract().path("recoveryCodes");
        problem(disable(Map.of("totp", secret.code(step + 1))), 400, "validation_failed");
        problem(
                disable(Map.of(
                        "password", ada.password(), "totp", secret.code(step + 1), "recoveryCode", codes.getFirst())),
                400,
                "validation_failed");
        problem(disable(Map.of("password", ada.password())), 401, "totp_required");
        problem(
                disable(Map.of("password", "not the password", "totp", secret.code(step + 1))),
                401,
                "credentials_invalid");
        problem(disable(Map.of("password", ada.password(), "totp", secret.code(step))), 401, "totp_invalid");
        state("active", 10);
        assertThat(mails()).doesNotContain(DISABLED);

        disable(Map.of("password", ada.password(), "totp", secret.code(step + 1)))
                .statusCode(204);
        state("off", 0);
        assertThat(mails()).endsWith(DISABLED);
        assertThat(mail.lastTo(sub).to()).isEqualTo(ada.email());
        ada.logIn().statusCode(200);

        TotpSecret next = enrolled();
        String spare = confirm(next.code(step + 1)).statusCode(200).extract().path("recoveryCodes[3]");
        disable(Map.of("password", ada.password(), "recoveryCode", spare)).statusCode(204);
        state("off", 0);
        assertThat(mails()).filteredOn(DISABLED::equals).hasSize(2);
    }

    @Test
    void whoNeverHadOneGivesUpNothingAndIsNotWrittenTo() {
        enrolled();
        problem(disable(Map.of("password", "not the password")), 401, "credentials_invalid");
        disable(Map.of("password", ada.password())).statusCode(204);
        state("off", 0);
        assertThat(mails()).doesNotContain(DISABLED);
    }

    @Test
    void anAdminGivesItUpForWhoeverHasLostEverything() {
        TotpSecret secret = enrolled();
        confirm(secret.code(TotpSecret.step(Instant.now()))).statusCode(200);
        String path = "/auth/users/" + sub + "/totp/disable";
        problem(given().header("Authorization", bearer).post(path).then(), 403, "forbidden");
        TestIdentity.Login admin = TestIdentity.logIn("usr_" + "z".repeat(26), Roles.ADMIN);
        problem(asAdmin(admin).post("/auth/users/usr_nope/totp/disable").then(), 404, "not_found");
        problem(
                asAdmin(admin)
                        .post("/auth/users/" + admin.sub() + "/totp/disable")
                        .then(),
                409,
                "own_account");

        asAdmin(admin).post(path).then().statusCode(204);
        asAdmin(admin).post(path).then().statusCode(204);
        state("off", 0);
        ada.logIn().statusCode(200);
        assertThat(mails()).filteredOn(DISABLED::equals).hasSize(1);
        asAdmin(admin)
                .get("/auth/audit?kind=totp_disabled&account=" + sub)
                .then()
                .statusCode(200)
                .body("items.actor", equalTo(List.of(admin.sub())));
    }

    private static RequestSpecification asAdmin(TestIdentity.Login admin) {
        return given().header("Cookie", admin.cookieHeader()).header("Sec-Fetch-Site", "same-origin");
    }

    @Test
    void whileCodesArePausedNothingIsGivenUpNotEvenByARightOne() {
        TotpSecret secret = enrolled();
        long step = TotpSecret.step(Instant.now());
        List<String> codes =
                confirm(secret.code(step)).statusCode(200).extract().path("recoveryCodes");
        for (int i = 0; i < 5; i++) {
            problem(recover("0000-0000-0000-0000"), 401, "totp_invalid")
                    .body("detail", equalTo("Each recovery code is good once: send one that was not used."));
        }
        for (Map<String, String> proof :
                List.of(Map.of("totp", secret.code(step + 1)), Map.of("recoveryCode", codes.getFirst()))) {
            Map<String, String> body = new HashMap<>(proof);
            body.put("password", ada.password());
            problem(disable(body), 429, "totp_paused").header("Retry-After", notNullValue());
        }
        state("active", 10);
        assertThat(mails()).doesNotContain(DISABLED);
    }

    private ValidatableResponse disable(Map<String, String> body) {
        return post("/auth/mfa/totp/disable", body);
    }

    private List<String> mails() {
        return mail.to(sub).stream().map(SentMail.Mail::subject).toList();
    }

    @Test
    void whatIsActiveIsNotReplacedAndWhatWasNotBegunIsNotConfirmed() {
        problem(confirm("123456"), 409, "totp_not_enrolled");
        problem(confirm("12345"), 400, "validation_failed");
        TotpSecret secret = enrolled();
        String code = secret.code(TotpSecret.step(Instant.now()));
        problem(confirm(wrong(secret)), 401, "totp_invalid");
        confirm(code).statusCode(200);
        problem(confirm(code), 409, "totp_active");
        problem(post("/auth/mfa/totp", Map.of()), 409, "totp_active");
    }

    /** No code of this minute. */
    private static String wrong(TotpSecret secret) {
        long step = TotpSecret.step(Instant.now());
        return LongStream.rangeClosed(step - 2, step + 3).mapToObj(secret::code).anyMatch("000000"::equals)
                ? "111111"
                : "000000";
    }

    private TotpSecret enrolled() {
        String secret =
                post("/auth/mfa/totp", Map.of()).statusCode(200).extract().path("secret");
        return new TotpSecret(Base32.decode(secret));
    }

    private ValidatableResponse confirm(String code) {
        return post("/auth/mfa/totp/confirm", Map.of("code", code));
    }

    private void state(String state, int codes) {
        given().header("Authorization", bearer)
                .get("/auth/mfa/totp")
                .then()
                .statusCode(200)
                .body("state", equalTo(state))
                .body("recoveryCodesLeft", equalTo(codes));
    }

    private ValidatableResponse logIn(String code) {
        return logIn(Map.of(), Map.of("totp", code));
    }

    private ValidatableResponse recover(String code) {
        return logIn(Map.of(), Map.of("recoveryCode", code));
    }

    private ValidatableResponse keyed(String key, String code) {
        return logIn(Map.of("Idempotency-Key", key), Map.of("totp", code));
    }

    private ValidatableResponse logIn(Map<String, String> headers, Map<String, String> proof) {
        Map<String, String> body = new HashMap<>(proof);
        body.put("email", ada.email());
        body.put("password", ada.password());
        return given().headers(headers)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/auth/login")
                .then();
    }

    private ValidatableResponse post(String path, Map<String, String> body) {
        var request = given().header("Authorization", bearer);
        return (body.isEmpty() && path.endsWith("totp")
                        ? request
                        : request.contentType(ContentType.JSON).body(body))
                .post(path)
                .then();
    }
}
