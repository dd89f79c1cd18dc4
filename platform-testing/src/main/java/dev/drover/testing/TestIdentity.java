package dev.drover.testing;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.quarkus.arc.Arc;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import org.eclipse.microprofile.config.ConfigProvider;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.identity.SessionCookie;
import dev.drover.platform.identity.SessionKeys;
import dev.drover.platform.redis.RedisCalls;

/**
 * Logs test users in without auth-service: a token signed with the fixture's key and a session in the real Redis, both in the form
 * auth-service gives them. For use inside {@code @QuarkusTest}.
 */
public final class TestIdentity {

    static final String SIGNING_KEY = "drover.test.signing-key";
    static final String KEY_ID = "drover.test.key-id";
    private static final Duration SESSION = Duration.ofHours(1);

    private TestIdentity() {}

    public static Login logIn() {
        return logIn("usr_" + Ids.derive(UUID.randomUUID().toString()));
    }

    /** Somebody new with these roles. */
    public static Login withRoles(String... roles) {
        return logIn("usr_" + Ids.derive(UUID.randomUUID().toString()), roles);
    }

    public static Login logIn(String sub, String... roles) {
        Login login = login(sub, roles);
        redis().send(Command.HSET, session(login));
        redis().send(Command.EXPIRE, SessionKeys.session(login.sid()), Long.toString(SESSION.toSeconds()));
        return login;
    }

    /** Somebody new, for a service that runs in a process of its own: by the Redis it uses. */
    public static Login logInAt(String redisUrl, String... roles) {
        Login login = login("usr_" + Ids.derive(UUID.randomUUID().toString()), roles);
        Vertx vertx = Vertx.vertx();
        try {
            Request record = Request.cmd(Command.HSET);
            Stream.of(session(login)).forEach(record::arg);
            Redis.createClient(vertx, redisUrl)
                    .send(record)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        return login;
    }

    private static Login login(String sub, String... roles) {
        String sid = "ses_" + Ids.derive(UUID.randomUUID().toString());
        byte[] random = Ids.derive(sid, "secret").concat("secret").getBytes(StandardCharsets.US_ASCII);
        return new Login(sub, sid, Base64.getUrlEncoder().withoutPadding().encodeToString(random), Set.of(roles));
    }

    /** The key of its record, and what is in it. */
    private static String[] session(Login login) {
        return new String[] {
            SessionKeys.session(login.sid()),
            "sub",
            login.sub(),
            "roles",
            String.join(",", login.roles()),
            "secretHash",
            SessionCookie.hash(login.secret()),
            "createdAt",
            Instant.now().toString()
        };
    }

    /** A token with the claims of a good one, for tests that spoil one of them. */
    public static JwtClaimsBuilder claims(Login login) {
        return Jwt.claims()
                .issuer(property("JWT_ISSUER"))
                .audience("drover")
                .subject(login.sub())
                .claim("sid", login.sid())
                .claim("jti", UUID.randomUUID().toString())
                .groups(login.roles())
                .issuedAt(Instant.now())
                .expiresAt(Instant.now().plus(Duration.ofMinutes(10)));
    }

    public static String sign(JwtClaimsBuilder claims) {
        return claims.jws()
                .algorithm(SignatureAlgorithm.ES256)
                .keyId(property(KEY_ID))
                .sign(signingKey());
    }

    private static PrivateKey signingKey() {
        return TestKeys.decode(property(SIGNING_KEY));
    }

    private static String property(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private static RedisCalls redis() {
        return Arc.container().instance(RedisCalls.class).get();
    }

    /** One user with one session. */
    public record Login(String sub, String sid, String secret, Set<String> roles) {

        public String token() {
            return sign(claims(this));
        }

        /** The value of an {@code Authorization} header. */
        public String bearer() {
            return "Bearer " + token();
        }

        /** The value of a {@code Cookie} header. */
        public String cookieHeader() {
            return Arc.container().instance(SessionCookie.class).get().name() + "="
                    + SessionCookie.value(sid, sub, secret);
        }

        /** Revokes the session as a logout does. */
        public void revoke() {
            revokeUnheard();
            redis().send(Command.PUBLISH, SessionKeys.REVOKED, sid);
        }

        /** The same, and nobody hears of it who does not look. */
        public void revokeUnheard() {
            redis().send(
                            Command.HSET,
                            SessionKeys.session(sid),
                            "revokedAt",
                            Instant.now().toString());
        }
    }
}
