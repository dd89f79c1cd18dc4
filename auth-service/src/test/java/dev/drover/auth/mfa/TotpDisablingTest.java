package dev.drover.auth.mfa;

import static dev.drover.testing.HttpContract.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.auth.mail.SentMail;
import dev.drover.platform.identity.Roles;
import dev.drover.testing.TestIdentity;

/** The second factor is given up by who can prove it, or by an admin. The steps of codes are as in {@link TotpResourceTest}. */
@ServiceTest
class TotpDisablingTest {

    private static final String DISABLED = "The second factor of your account was given up";

    @Inject
    SentMail mail;

    private TotpUser ada;

    @BeforeEach
    void logIn() {
        ada = TotpUser.loggedIn();
    }

    @Test
    void itIsGivenUpByPasswordAndAProofAndNothingLessAndItsOwnerIsTold() {
        TotpSecret secret = ada.enrolled();
        long step = TotpSecret.step(Instant.now());
        List<String> codes =
                ada.confirm(secret.code(step)).statusCode(200).extract().path("recoveryCodes");
        problem(ada.disable(Map.of("totp", secret.code(step + 1))), 400, "validation_failed");
        problem(
                ada.disable(Map.of(
                        "password", ada.password(), "totp", secret.code(step + 1), "recoveryCode", codes.getFirst())),
                400,
                "validation_failed");
        problem(ada.disable(Map.of("password", ada.password())), 401, "totp_required");
        problem(
                ada.disable(Map.of("password", "not the password", "totp", secret.code(step + 1))),
                401,
                "credentials_invalid");
        problem(ada.disable(Map.of("password", ada.password(), "totp", secret.code(step))), 401, "totp_invalid");
        ada.hasState("active", 10);
        assertThat(mails()).doesNotContain(DISABLED);

        ada.disable(Map.of("password", ada.password(), "totp", secret.code(step + 1)))
                .statusCode(204);
        ada.hasState("off", 0);
        assertThat(mails()).endsWith(DISABLED);
        assertThat(mail.lastTo(ada.sub()).to()).isEqualTo(ada.email());
        ada.logIn().statusCode(200);

        TotpSecret next = ada.enrolled();
        String spare =
                ada.confirm(next.code(step + 1)).statusCode(200).extract().path("recoveryCodes[3]");
        ada.disable(Map.of("password", ada.password(), "recoveryCode", spare)).statusCode(204);
        ada.hasState("off", 0);
        assertThat(mails()).filteredOn(DISABLED::equals).hasSize(2);
    }

    @Test
    void whoNeverHadOneGivesUpNothingAndIsNotWrittenTo() {
        ada.enrolled();
        problem(ada.disable(Map.of("password", "not the password")), 401, "credentials_invalid");
        ada.disable(Map.of("password", ada.password())).statusCode(204);
        ada.hasState("off", 0);
        assertThat(mails()).doesNotContain(DISABLED);
    }

    @Test
    void anAdminGivesItUpForWhoeverHasLostEverything() {
        TotpSecret secret = ada.enrolled();
        ada.confirm(secret.code(TotpSecret.step(Instant.now()))).statusCode(200);
        String path = "/auth/users/" + ada.sub() + "/totp/disable";
        problem(given().header("Authorization", ada.bearer()).post(path).then(), 403, "forbidden");
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
        ada.hasState("off", 0);
        ada.logIn().statusCode(200);
        assertThat(mails()).filteredOn(DISABLED::equals).hasSize(1);
        asAdmin(admin)
                .get("/auth/audit?kind=totp_disabled&account=" + ada.sub())
                .then()
                .statusCode(200)
                .body("items.actor", equalTo(List.of(admin.sub())));
    }

    private static RequestSpecification asAdmin(TestIdentity.Login admin) {
        return given().header("Cookie", admin.cookieHeader()).header("Sec-Fetch-Site", "same-origin");
    }

    @Test
    void whileCodesArePausedNothingIsGivenUpNotEvenByARightOne() {
        TotpSecret secret = ada.enrolled();
        long step = TotpSecret.step(Instant.now());
        List<String> codes =
                ada.confirm(secret.code(step)).statusCode(200).extract().path("recoveryCodes");
        for (int i = 0; i < 5; i++) {
            problem(ada.recover("0000-0000-0000-0000"), 401, "totp_invalid")
                    .body("detail", equalTo("Each recovery code is good once: send one that was not used."));
        }
        for (Map<String, String> proof :
                List.of(Map.of("totp", secret.code(step + 1)), Map.of("recoveryCode", codes.getFirst()))) {
            Map<String, String> body = new HashMap<>(proof);
            body.put("password", ada.password());
            problem(ada.disable(body), 429, "totp_paused").header("Retry-After", notNullValue());
        }
        ada.hasState("active", 10);
        assertThat(mails()).doesNotContain(DISABLED);
    }

    private List<String> mails() {
        return mail.to(ada.sub()).stream().map(SentMail.Mail::subject).toList();
    }
}
