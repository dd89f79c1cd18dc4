package dev.drover.auth.session;

import java.util.function.BiFunction;

/**
 * The secrets a new session starts with. A log-in that can be repeated (it has an Idempotency-Key) must give the same ones again without
 * their being stored: they follow from the session's nonce in Redis and from a key that is not in Redis.
 */
record SessionSecrets(String nonce, Secret cookie, Secret family, Secret refresh) {

    static SessionSecrets random() {
        return new SessionSecrets("", Secret.random(), Secret.random(), Secret.random());
    }

    /** @param derive gives 256 bits for a purpose and a context, the same on every instance */
    static SessionSecrets repeatable(SessionId session, String nonce, BiFunction<String, String, byte[]> derive) {
        String context = session.value() + ":" + nonce;
        return new SessionSecrets(
                nonce,
                Secret.of(derive.apply("session-cookie", context)),
                Secret.of(derive.apply("refresh-family", context)),
                Secret.of(derive.apply("refresh-token", context)));
    }

    RefreshToken refreshToken(SessionId session) {
        return new RefreshToken(session, family, refresh);
    }

    @Override
    public String toString() {
        return "SessionSecrets[***]";
    }
}
