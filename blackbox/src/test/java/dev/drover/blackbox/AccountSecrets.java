package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;

/** What an account is sent or shown once, each of it used wrongly first and rightly then. */
final class AccountSecrets {

    /** The variables of a suite that has a webhook secret and an admin to use it. */
    static final String ADMIN = "admin@example.org";

    static final String WEBHOOK_SECRET = "planted-webhook-" + UUID.randomUUID();

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final Pattern TOKEN = Pattern.compile("#token=(\\S+)");
    private static final Duration MAILED_WITHIN = Duration.ofSeconds(30);
    private static final Duration CALLED_WITHIN = Duration.ofSeconds(30);

    private AccountSecrets() {}

    static Map<String, String> environment() {
        return Map.of(
                "BOOTSTRAP_ADMIN_EMAIL",
                ADMIN,
                "WEBHOOK_SECRETS",
                "planted=" + WEBHOOK_SECRET,
                "WEBHOOK_ALLOWED_NETWORKS",
                "127.0.0.0/8");
    }

    /** Uses them all, and notes in {@code secrets} what was used. Returns the admin. */
    static Person use(Suite suite, Map<String, String> secrets) throws GeneralSecurityException {
        Person admin = Person.signUp(suite.anyone(), ADMIN);
        String verification = mailed(suite, admin, "Confirm your e-mail address");
        secrets.put("token that verifies an address", verification);
        post(suite, "/auth/verify-email", "{\"token\":\"%sx\"}".formatted(verification), 410);
        post(suite, "/auth/password/reset", reset(verification, "counts goats at night"), 410);
        post(suite, "/auth/verify-email", "{\"token\":\"%s\"}".formatted(verification), 204);

        post(suite, "/auth/password/forgot", "{\"email\":\"%s\"}".formatted(ADMIN), 202);
        String reset = mailed(suite, admin, "Choose a new password");
        secrets.put("token that sets a password", reset);
        post(suite, "/auth/password/reset", reset(reset, "short"), 400);
        post(suite, "/auth/password/reset", "{\"token\":" + reset + "}", 400);
        post(suite, "/auth/password/reset", reset(reset, admin.password()), 204);

        Person verified = Person.logIn(suite.anyone(), ADMIN, admin.password());
        secrets.put("token of an admin", verified.token());
        callSigned(verified, secrets);
        apiKey(suite, verified, secrets);
        secondFactor(verified, secrets);
        return verified;
    }

    /** A call nobody takes, so that its failure is told of. */
    private static void callSigned(Person admin, Map<String, String> secrets) {
        secrets.put("webhook secret", WEBHOOK_SECRET);
        Reply added = admin.client()
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        "/jobs",
                        "{\"queue\":\"default\",\"type\":\"http.call\",\"maxAttempts\":1,\"payload\":{\"url\":\"%s\",\"secret\":\"planted\",\"body\":1}}"
                                .formatted(admin.client().base().resolve("/no-such-thing")));
        assertThat(added.status()).as("%s", added.body()).isEqualTo(202);
        Eventually.within(CALLED_WITHIN).until(() -> !admin.client()
                .get("/jobs/" + added.text("/id"))
                .text("/state")
                .matches("waiting|active|scheduled"));
    }

    /** Right, with a character changed, and where no key belongs. */
    private static void apiKey(Suite suite, Person admin, Map<String, String> secrets) {
        Reply created = admin.client()
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/ofrep/v1/keys", "{\"name\":\"planted\"}");
        assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
        String key = created.text("/key");
        String secret = key.substring(key.lastIndexOf('_') + 1);
        secrets.put("secret of an API key", secret);
        String spoiled = key.substring(0, key.length() - 1) + (key.endsWith("a") ? 'b' : 'a');
        secrets.put("secret of an API key, spoiled", spoiled.substring(spoiled.lastIndexOf('_') + 1));
        assertThat(evaluate(suite, key)).isEqualTo(200);
        assertThat(evaluate(suite, spoiled)).isEqualTo(401);
        assertThat(evaluate(suite, "not " + key)).isEqualTo(401);
        assertThat(suite.anyone().bearer(key).get("/profiles/me").status()).isEqualTo(401);
    }

    private static int evaluate(Suite suite, String key) {
        return suite.anyone()
                .with("X-API-Key", key)
                .post("/ofrep/v1/evaluate/flags", "{\"context\":{\"targetingKey\":\"planted\"}}")
                .status();
    }

    private static void secondFactor(Person person, Map<String, String> secrets) throws GeneralSecurityException {
        Reply enrolled = person.client().post("/auth/mfa/totp", "");
        assertThat(enrolled.status()).as("%s", enrolled.body()).isEqualTo(200);
        String secret = enrolled.text("/secret");
        secrets.put("secret of an authenticator", secret);
        assertThat(confirm(person, "000000x").status()).isEqualTo(400);
        Reply confirmed = confirm(person, code(secret));
        assertThat(confirmed.status()).as("%s", confirmed.body()).isEqualTo(200);
        for (JsonNode recovery : confirmed.body().path("recoveryCodes")) {
            secrets.put("recovery code " + recovery.asText().substring(0, 2), recovery.asText());
            secrets.put(
                    "recovery code, bare, " + recovery.asText().substring(0, 2),
                    recovery.asText().replace("-", ""));
        }
        String recovery = confirmed.text("/recoveryCodes/0");
        assertThat(recover(person, "not " + person.password(), recovery)).isEqualTo(401);
        assertThat(recover(person, person.password(), recovery + "0")).isEqualTo(401);
        assertThat(recover(person, person.password(), recovery)).isEqualTo(200);
    }

    private static Reply confirm(Person person, String code) {
        return person.client().post("/auth/mfa/totp/confirm", "{\"code\":\"%s\"}".formatted(code));
    }

    private static int recover(Person person, String password, String recovery) {
        return Client.at(person.client().base())
                .post(
                        "/auth/login",
                        "{\"email\":\"%s\",\"password\":\"%s\",\"recoveryCode\":\"%s\"}"
                                .formatted(person.email(), password, recovery))
                .status();
    }

    private static void post(Suite suite, String path, String body, int status) {
        Reply answer = suite.anyone().post(path, body);
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(status);
    }

    private static String reset(String token, String password) {
        return "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(token, password);
    }

    /** The token of the newest mail with this subject. */
    private static String mailed(Suite suite, Person person, String subject) {
        AtomicReference<String> token = new AtomicReference<>();
        Eventually.within(MAILED_WITHIN).until(() -> {
            for (JsonNode mail : suite.anyone()
                    .get("/lab/mailbox?to=" + person.email())
                    .body()
                    .path("mails")) {
                Matcher found = TOKEN.matcher(mail.path("text").asText());
                if (mail.path("subject").asText().equals(subject) && found.find()) {
                    token.compareAndSet(null, found.group(1));
                }
            }
            return token.get() != null;
        });
        return token.get();
    }

    /** RFC 6238, as an authenticator app does it. */
    private static String code(String base32) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(decoded(base32), "HmacSHA1"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES)
                .putLong(Instant.now().getEpochSecond() / 30)
                .array());
        int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 15) & Integer.MAX_VALUE;
        return "%06d".formatted(number % 1_000_000);
    }

    private static byte[] decoded(String base32) {
        ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
        int bits = 0;
        int held = 0;
        for (char letter : base32.toCharArray()) {
            held = held << 5 | ALPHABET.indexOf(letter);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (held >> bits));
            }
        }
        return bytes.array();
    }
}
