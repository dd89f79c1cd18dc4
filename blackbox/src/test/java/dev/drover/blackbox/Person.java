package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

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

    static Person signUp(Client anyone) {
        return signUp(anyone, "p-" + UUID.randomUUID() + "@example.org");
    }

    static Person signUp(Client anyone, String email) {
        String password = "correct horse battery staple";
        Reply created = anyone.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        "/auth/signup",
                        "{\"email\":\"%s\",\"password\":\"%s\",\"displayName\":\"Person\"}".formatted(email, password));
        assertThat(created.status()).as("signup: %s", created.body()).isEqualTo(201);
        return logIn(anyone, email, password);
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
