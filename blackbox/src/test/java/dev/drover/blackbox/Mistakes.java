package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything a client can get wrong with something in its hands that nobody should read later. */
final class Mistakes {

    private static final Pattern SIGNATURE = Pattern.compile("X-Amz-Signature=([0-9a-f]+)");
    private static final List<String> SERVICES = List.of("auth", "profile", "media", "jobs", "realtime");

    private Mistakes() {}

    /** Makes them all, and notes in {@code secrets} what was used. */
    static void provoke(Suite suite, Person person, Map<String, String> secrets) throws Exception {
        String key = "planted-key-" + UUID.randomUUID();
        String planted = "planted-secret-" + UUID.randomUUID();
        secrets.put("Idempotency-Key", key);
        secrets.put("planted value", planted);

        presign(person, secrets);
        badCredentials(suite, person, planted);
        badBodies(person.client().with("Idempotency-Key", key), planted);
        storeDown(suite, person, planted);
    }

    private static void presign(Person person, Map<String, String> secrets) throws Exception {
        byte[] bytes = "a file".getBytes();
        Reply upload = Uploads.ask(person.client(), bytes);
        secrets.put("signature of an upload", signature(upload.text("/url")));
        assertThat(Uploads.put(upload, bytes)).isBetween(200, 204);
        person.client().post("/media/uploads/" + upload.text("/id") + "/complete", "");
        Eventually.within(Duration.ofSeconds(30)).until(() -> person.client()
                .get("/media/" + upload.text("/id"))
                .text("/state")
                .equals("ready"));
        Reply link = person.client().get("/media/" + upload.text("/id") + "/url?variant=original");
        secrets.put("signature of a download", signature(link.text("/url")));
    }

    private static String signature(String url) {
        Matcher match = SIGNATURE.matcher(url);
        assertThat(match.find()).as("%s is signed", url).isTrue();
        return match.group(1);
    }

    private static void badCredentials(Suite suite, Person person, String planted) {
        String[] parts = person.token().split("\\.");
        for (String service : SERVICES) {
            String path = Journey.protectedPath(service);
            Client anyone = suite.anyone();
            assertThat(anyone.bearer(planted).get(path).status()).isEqualTo(401);
            assertThat(anyone.bearer(parts[0] + "." + parts[1] + "." + planted)
                            .get(path)
                            .status())
                    .isEqualTo(401);
            assertThat(anyone.with("Cookie", "drover_session=" + planted)
                            .get(path)
                            .status())
                    .isEqualTo(401);
            assertThat(person.client().get(path + "/" + planted).status()).isBetween(400, 499);
            assertThat(person.client().get(path + "?token=" + planted).status()).isBetween(200, 499);
        }
        suite.anyone().post("/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(person.email(), planted));
        suite.anyone().post("/auth/refresh", "{\"refreshToken\":\"%s\"}".formatted(planted));
        suite.anyone()
                .post(
                        "/auth/signup",
                        "{\"email\":\"%s\",\"password\":\"%s\",\"displayName\":\"x\"}"
                                .formatted(person.email(), person.password()));
    }

    private static void badBodies(Client client, String planted) {
        List<String> bodies = List.of(
                "{\"password\": " + planted + "}",
                "{\"email\":\"" + planted + "\",\"password\":{\"a\":\"" + planted + "\"}}",
                "{\"sizeBytes\":\"" + planted + "\",\"delay\":\"" + planted + "\",\"runAt\":\"" + planted + "\"}",
                "{\"" + planted + "\":1}",
                "[\"" + planted + "\"]");
        for (String path : List.of(
                "/auth/signup",
                "/auth/login",
                "/auth/refresh",
                "/media/uploads",
                "/jobs",
                "/realtime/channels/public:hall/messages")) {
            for (String body : bodies) {
                assertThat(client.post(path, body).status())
                        .as("%s %s", path, body)
                        .isBetween(400, 499);
            }
        }
        for (String body : bodies) {
            assertThat(client.with("If-Match", "\"1\"")
                            .patch("/profiles/me", body)
                            .status())
                    .isBetween(400, 499);
        }
    }

    /** Redis holds its breath for as long as it takes every service to say so. */
    private static void storeDown(Suite suite, Person person, String planted) throws Exception {
        String redis = Files.readString(suite.data().resolve("redis/redis.pid")).strip();
        signal("STOP", redis);
        try {
            for (String service : SERVICES) {
                assertThat(person.client().get(Journey.protectedPath(service)).status())
                        .isGreaterThanOrEqualTo(500);
            }
            suite.anyone()
                    .post("/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(person.email(), planted));
        } finally {
            signal("CONT", redis);
        }
        Eventually.within(Duration.ofSeconds(20)).untilAsserted(() -> {
            for (String service : SERVICES) {
                assertThat(person.client().get(Journey.protectedPath(service)).status())
                        .isLessThan(500);
            }
        });
    }

    private static void signal(String name, String pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }
}
