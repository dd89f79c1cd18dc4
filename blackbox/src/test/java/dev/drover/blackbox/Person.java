package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** Somebody with an account and a session, made through the public API. */
record Person(
        String sub,
        String email,
        String password,
        String token,
        String refreshToken,
        String sessionId,
        String cookie,
        String loggedInBy,
        Client client) {

    /** The account a suite makes an admin, once the address is verified ({@code BOOTSTRAP_ADMIN_EMAIL}). */
    static final String ADMIN_EMAIL = "admin@example.org";

    private static final String PASSWORD = "correct horse battery staple";
    private static final Pattern MAIL_TOKEN = Pattern.compile("#token=(\\S+)");

    static Person signUp(Client anyone) {
        String email = "p-" + UUID.randomUUID() + "@example.org";
        assertThat(create(anyone, email).status()).isEqualTo(201);
        return logIn(anyone, email, PASSWORD);
    }

    /** The admin of the shared suite, whoever asks first makes it. */
    static Person admin(Client anyone) {
        if (create(anyone, ADMIN_EMAIL).status() == 201) {
            Eventually.within(Duration.ofSeconds(30)).until(() -> verify(anyone, ADMIN_EMAIL));
        }
        return logIn(anyone, ADMIN_EMAIL, PASSWORD);
    }

    private static Reply create(Client anyone, String email) {
        Reply created = anyone.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        "/auth/signup",
                        "{\"email\":\"%s\",\"password\":\"%s\",\"displayName\":\"Person\"}".formatted(email, PASSWORD));
        assertThat(created.status()).as("signup: %s", created.body()).isIn(201, 409);
        return created;
    }

    private static boolean verify(Client anyone, String email) {
        for (JsonNode mail : anyone.get("/lab/mailbox?to=" + email).body().path("mails")) {
            Matcher token = MAIL_TOKEN.matcher(mail.path("text").asText());
            if (token.find()) {
                Reply verified = anyone.post("/auth/verify-email", "{\"token\":\"" + token.group(1) + "\"}");
                assertThat(verified.status()).as("verify: %s", verified.body()).isBetween(200, 204);
                return true;
            }
        }
        return false;
    }

    static Person logIn(Client anyone, String email, String password) {
        Reply login = anyone.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
        assertThat(login.status()).as("login: %s", login.body()).isEqualTo(200);
        Client client = anyone.bearer(login.text("/accessToken"));
        Reply me = client.get("/auth/me");
        assertThat(me.status()).as("me: %s", me.body()).isEqualTo(200);
        return new Person(
                me.text("/id"),
                email,
                password,
                login.text("/accessToken"),
                login.text("/refreshToken"),
                login.text("/sessionId"),
                login.cookie(),
                login.servedBy(),
                client);
    }
}
