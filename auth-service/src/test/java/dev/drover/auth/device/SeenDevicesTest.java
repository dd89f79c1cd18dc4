package dev.drover.auth.device;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.restassured.http.ContentType;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.auth.Person;
import dev.drover.auth.ServiceTest;
import dev.drover.auth.errand.Errands;
import dev.drover.auth.mail.AccountMail;
import dev.drover.auth.mail.SentMail;
import dev.drover.auth.mail.SentMail.Mail;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;

/** A-24, on a real Redis. */
@ServiceTest
class SeenDevicesTest {

    private static final String NEWS = "New log-in to your account";

    @Inject
    RedisCalls redis;

    @Inject
    SeenDevices devices;

    @Inject
    Errands errands;

    @Inject
    AccountMail mail;

    @Inject
    SentMail sent;

    @Inject
    Ids ids;

    private final String account =
            "usr_" + UUID.randomUUID().toString().replace("-", "").substring(0, 26);

    @Test
    void theOwnerIsToldOfALogInFromElsewhereAndNotOfTheFirstOneNorOfTheNextFromThere() {
        Person ada = Person.anybody();
        String id = ada.signUp().statusCode(201).extract().path("id");
        ada.logIn().statusCode(200);
        ada.logIn().statusCode(200);
        assertThat(news(id)).isEmpty();
        logInByPhone(ada);
        logInByPhone(ada);
        assertThat(news(id)).singleElement().satisfies(letter -> {
            assertThat(letter.to()).isEqualTo(ada.email());
            assertThat(letter.text())
                    .contains("127.0.0.1", "/auth/pages/sessions")
                    .doesNotContain("phone", "Ada");
        });
    }

    @Test
    void anotherNetworkIsNewsToo() {
        logIn("Firefox on Linux", "198.51.100.7");
        logIn("Firefox on Linux", "2001:db8::");
        assertThat(news(account)).singleElement().satisfies(letter -> assertThat(letter.text())
                .contains("2001:db8::"));
    }

    @Test
    void ofManyAtOnceFromOnePlaceOneIsNews() throws Exception {
        logIn("Firefox on Linux", "198.51.100.7");
        Callable<Void> elsewhere = () -> {
            logIn("Safari on iPhone", "198.51.100.8");
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done :
                    threads.invokeAll(Stream.generate(() -> elsewhere).limit(8).toList())) {
                done.get();
            }
        }
        assertThat(news(account)).hasSize(1);
    }

    @Test
    void noMoreThanSoManyPlacesAreRememberedAndTheOldestGoes() {
        SeenDevices two = new SeenDevices(
                new RedisSeenDeviceStore(redis, new Limits(2, Duration.ofDays(180))), errands, mail, ids);
        for (int place = 0; place < 4; place++) {
            two.logIn(account, "ada@example.org", "Firefox on Linux", "198.51.100." + place);
        }
        assertThat(redis.send(Command.ZCARD, DeviceKeys.devices(account)).toInteger())
                .isEqualTo(2);
        assertThat(redis.send(Command.PTTL, DeviceKeys.devices(account)).toLong())
                .isPositive();
        two.logIn(account, "ada@example.org", "Firefox on Linux", "198.51.100.3");
        assertThat(news(account)).as("from three of four places").hasSize(3);
        two.logIn(account, "ada@example.org", "Firefox on Linux", "198.51.100.0");
        assertThat(news(account)).hasSize(4);
    }

    private void logIn(String device, String network) {
        devices.logIn(account, "ada@example.org", device, network);
    }

    private List<Mail> news(String id) {
        return sent.to(id).stream()
                .filter(letter -> letter.subject().equals(NEWS))
                .toList();
    }

    private static void logInByPhone(Person person) {
        given().contentType(ContentType.JSON)
                .header("User-Agent", "phone/1")
                .body(Map.of("email", person.email(), "password", person.password()))
                .post("/auth/login")
                .then()
                .statusCode(200);
    }

    private record Limits(int max, Duration memory) implements DeviceConfig {}
}
