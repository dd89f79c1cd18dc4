package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

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

    /** The lab's own account, which makes itself an admin in a suite it starts; its password is in a file of the lab's owner. */
    private static final String ADMIN_EMAIL = "admin@drover.test";

    private static final String ADMIN_PASSWORD_FILE = "keys/admin.password";

    /** By then its mail may have made room for others. */
    private static final int MAILS_SHOWN_MAX = 100;

    private static final String PASSWORD = "correct horse battery staple";

    static Person signUp(Client anyone) {
        return signUp(anyone, "p-" + UUID.randomUUID() + "@example.org");
    }

    static Person signUp(Client anyone, String email) {
        Reply created = Patiently.post(
                anyone.with("Idempotency-Key", UUID.randomUUID().toString()),
                "/auth/signup",
                "{\"email\":\"%s\",\"password\":\"%s\",\"displayName\":\"Person\"}".formatted(email, PASSWORD));
        assertThat(created.status()).as("signup: %s", created.body()).isEqualTo(201);
        return logIn(anyone, email, PASSWORD);
    }

    /** The admin of the shared suite, as soon as the lab has made it one. */
    static Person admin(Client anyone) {
        // Not before it has signed up: a log-in that is too early would be a wrong password of its account.
        Eventually.within(Duration.ofSeconds(60))
                .until(() -> mails(anyone, "?to=" + ADMIN_EMAIL) > 0 || mails(anyone, "") >= MAILS_SHOWN_MAX);
        String password = adminPassword();
        AtomicReference<Person> admin = new AtomicReference<>();
        Eventually.within(Duration.ofSeconds(60)).until(() -> {
            admin.set(logIn(anyone, ADMIN_EMAIL, password));
            return admin.get()
                    .client()
                    .get("/auth/me")
                    .body()
                    .path("roles")
                    .toString()
                    .contains("admin");
        });
        return admin.get();
    }

    private static int mails(Client anyone, String query) {
        return anyone.get("/lab/mailbox" + query).body().path("mails").size();
    }

    private static String adminPassword() {
        try {
            return Files.readString(Suite.shared().data().resolve(ADMIN_PASSWORD_FILE))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Person logIn(Client anyone, String email, String password) {
        Reply login = Patiently.post(
                anyone.with("Idempotency-Key", UUID.randomUUID().toString()),
                "/auth/login",
                "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
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
