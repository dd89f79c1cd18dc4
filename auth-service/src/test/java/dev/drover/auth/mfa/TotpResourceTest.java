package dev.drover.auth.mfa;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import io.restassured.response.ValidatableResponse;
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

    @Inject
    RedisCalls redis;

    @Inject
    SentMail mail;

    private TotpUser ada;

    @BeforeEach
    void logIn() {
        ada = TotpUser.loggedIn();
    }

    @Test
    void whatIsShownAtEnrolmentFitsAnApp() {
        ValidatableResponse enrolment = ada.enrol().statusCode(200);
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
        ada.hasState("pending", 0);
        ada.logIn().statusCode(200);
    }

    @Test
    void onceConfirmedALogInTakesACodeThatNobodyUsedBefore() {
        TotpSecret secret = ada.enrolled();
        long step = TotpSecret.step(Instant.now());
        ada.confirm(secret.code(step)).statusCode(200).body("recoveryCodes", hasSize(10));
        ada.hasState("active", 10);

        problem(ada.logIn(), 401, "totp_required");
        problem(ada.logIn(secret.code(step)), 401, "totp_invalid");
        problem(ada.logIn(TotpUser.wrong(secret)), 401, "totp_invalid");
        ada.logIn(secret.code(step + 1)).statusCode(200).body("accessToken", notNullValue());
        problem(ada.logIn(secret.code(step + 1)), 401, "totp_invalid");
    }

    @Test
    void aWrongCodeHasItsEntryInTheAuditLog() {
        TotpSecret secret = ada.enrolled();
        ada.confirm(secret.code(TotpSecret.step(Instant.now()))).statusCode(200);
        problem(ada.logIn(TotpUser.wrong(secret)), 401, "totp_invalid");
        String id = given().header("Authorization", ada.bearer())
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
        TotpSecret secret = ada.enrolled();
        ada.confirm(secret.code(TotpSecret.step(Instant.now()))).statusCode(200);
        problem(new Person(ada.email(), "not the password at all").logIn(), 401, "credentials_invalid");
    }

    @Test
    void aRecoveryCodeStandsInForTheAppOnce() {
        TotpSecret secret = ada.enrolled();
        List<String> codes = ada.confirm(secret.code(TotpSecret.step(Instant.now())))
                .statusCode(200)
                .extract()
                .path("recoveryCodes");
        assertThat(codes).doesNotHaveDuplicates().allMatch(code -> code.matches("[0-9a-z]{4}(-[0-9a-z]{4}){3}"));
        ada.recover(codes.getFirst()).statusCode(200);
        problem(ada.recover(codes.getFirst()), 401, "totp_invalid");
        ada.recover(codes.get(1).toUpperCase().replace("-", " ")).statusCode(200);
        ada.hasState("active", 8);
    }

    @Test
    void whoLostTheRecoveryCodesMakesOthersWithACodeOfTheApp() {
        problem(ada.renew("123456"), 409, "totp_not_enrolled");
        TotpSecret secret = ada.enrolled();
        long step = TotpSecret.step(Instant.now());
        List<String> lost =
                ada.confirm(secret.code(step)).statusCode(200).extract().path("recoveryCodes");
        problem(ada.renew(TotpUser.wrong(secret)), 401, "totp_invalid");
        problem(ada.renew(secret.code(step)), 401, "totp_invalid");
        List<String> codes = ada.renew(secret.code(step + 1))
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .path("recoveryCodes");
        assertThat(codes).hasSize(10).doesNotContainAnyElementsOf(lost);
        ada.hasState("active", 10);
        problem(ada.recover(lost.getFirst()), 401, "totp_invalid");
        ada.recover(codes.getFirst()).statusCode(200);
        assertThat(mails())
                .filteredOn("Your recovery codes were replaced"::equals)
                .hasSize(1);
    }

    @Test
    void aLogInRepeatedByItsKeyIsNoReplayOfItsCode() {
        TotpSecret secret = ada.enrolled();
        long step = TotpSecret.step(Instant.now());
        ada.confirm(secret.code(step)).statusCode(200);
        String key = UUID.randomUUID().toString();
        String first =
                ada.logIn(key, secret.code(step + 1)).statusCode(200).extract().path("sessionId");
        ada.logIn(key, secret.code(step + 1)).statusCode(200).body("sessionId", equalTo(first));
    }

    @Test
    void aConfirmationWhoseInstanceDiedShowsTheSameRecoveryCodesToItsRepeatAndToNoOther() {
        TotpSecret secret = ada.enrolled();
        String code = secret.code(TotpSecret.step(Instant.now()));
        String key = UUID.randomUUID().toString();
        List<String> shown = ada.confirm(key, code).statusCode(200).extract().path("recoveryCodes");
        assertThat(shown).hasSize(10).doesNotHaveDuplicates();

        LostRecords.lose(redis);
        assertThat(ada.confirm(key, code).statusCode(200).extract().<List<String>>path("recoveryCodes"))
                .isEqualTo(shown);
        LostRecords.lose(redis);
        problem(ada.confirm(key, TotpUser.wrong(secret)), 409, "totp_active");
        problem(ada.confirm(UUID.randomUUID().toString(), code), 409, "totp_active");
        ada.recover(shown.getLast()).statusCode(200);
        ada.hasState("active", 9);
    }

    @Test
    void whatIsActiveIsNotReplacedAndWhatWasNotBegunIsNotConfirmed() {
        problem(ada.confirm("123456"), 409, "totp_not_enrolled");
        problem(ada.confirm("12345"), 400, "validation_failed");
        TotpSecret secret = ada.enrolled();
        String code = secret.code(TotpSecret.step(Instant.now()));
        problem(ada.confirm(TotpUser.wrong(secret)), 401, "totp_invalid");
        ada.confirm(code).statusCode(200);
        problem(ada.confirm(code), 409, "totp_active");
        problem(ada.enrol(), 409, "totp_active");
    }

    private List<String> mails() {
        return mail.to(ada.sub()).stream().map(SentMail.Mail::subject).toList();
    }
}
