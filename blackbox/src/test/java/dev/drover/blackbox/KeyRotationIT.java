package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

/** a rotation of the signing key, while people refresh and use their tokens everywhere, refuses no valid one. */
class KeyRotationIT {

    private static final List<String> SERVICES = List.of("auth", "profile", "media", "jobs", "realtime");

    /** jobs-service is asked for a job that is not there: whoever is not known would not be told. */
    private static final Set<Integer> WHO_IS_KNOWN_GETS = Set.of(200, 404);

    private final Suite suite = Suite.shared();

    @Test
    void aRotationUnderLoadRefusesNoValidTokenAndAnyJoseLibraryVerifiesThemAll() throws Exception {
        suite.awaitWhole(2);
        Person before = Person.signUp(suite.anyone());
        suite.warmUp(before);
        AtomicBoolean over = new AtomicBoolean();
        ConcurrentHashMap<String, String> tokensByKey = new ConcurrentHashMap<>();
        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> load = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Person person = Person.signUp(suite.anyone());
                load.add(users.submit(refreshing(person, over, tokensByKey)));
            }
            try {
                Eventually.within(Duration.ofSeconds(20)).until(() -> !tokensByKey.isEmpty());
                assertThat(drover("keys", "rotate"))
                        .as(LabProcess.output(suite.data()))
                        .isZero();
                // Whoever was refused has ended, and says below with what.
                Eventually.within(Duration.ofSeconds(40))
                        .until(() -> tokensByKey.size() == 2 || load.stream().anyMatch(Future::isDone));
            } finally {
                over.set(true);
            }
            for (Future<?> one : load) {
                one.get();
            }
        }
        for (String service : SERVICES) {
            assertThat(before.client().get(Journey.protectedPath(service)).status())
                    .as("a token from before, at %s", service)
                    .isIn(WHO_IS_KNOWN_GETS);
        }
        tokensByKey.put("before", before.token());
        verifyWithJose(List.copyOf(tokensByKey.values()));
    }

    /** Trades its refresh token and shows what it got to every service at once, where the new key may not have been seen yet. */
    private Callable<Void> refreshing(
            Person person, AtomicBoolean over, ConcurrentHashMap<String, String> tokensByKey) {
        return () -> {
            String refreshToken = person.refreshToken();
            while (!over.get()) {
                Reply tokens =
                        suite.anyone().post("/auth/refresh", "{\"refreshToken\":\"%s\"}".formatted(refreshToken));
                assertThat(tokens.status()).as("refresh: %s", tokens.body()).isEqualTo(200);
                refreshToken = tokens.text("/refreshToken");
                String token = tokens.text("/accessToken");
                tokensByKey.putIfAbsent(keyOf(token), token);
                for (String service : SERVICES) {
                    Reply reply = suite.anyone().bearer(token).get(Journey.protectedPath(service));
                    assertThat(reply.status())
                            .as("%s by %s: %s", service, keyOf(token), reply.body())
                            .isIn(WHO_IS_KNOWN_GETS);
                }
            }
            return null;
        };
    }

    private static String keyOf(String token) {
        String header = new String(Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))));
        return header.replaceFirst(".*\"kid\":\"([^\"]+)\".*", "$1");
    }

    private int drover(String... command) throws IOException, InterruptedException {
        Process process = LabProcess.launch(suite.data(), command);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("it ends in time")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private void verifyWithJose(List<String> tokens) throws IOException, InterruptedException {
        assertThat(run(Path.of("."), List.of("npm", "--version")))
                .as("npm is needed for this test (Debian: apt install nodejs npm)")
                .isZero();
        Path folder = Files.createDirectories(Path.of("target", "token-check").toAbsolutePath());
        for (String name : List.of("package.json", "package-lock.json", "verify.js")) {
            Files.copy(Path.of("src/test/node", name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(run(folder, List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")))
                .as(Files.readString(folder.resolve("out")))
                .isZero();
        List<String> verify = new ArrayList<>(List.of(
                "node",
                "verify.js",
                suite.gateway().resolve("/auth/.well-known/jwks.json").toString(),
                suite.anyone().get("/auth/.well-known/openid-configuration").text("/issuer")));
        verify.addAll(tokens);
        assertThat(run(folder, verify))
                .as(Files.readString(folder.resolve("out")))
                .isZero();
        assertThat(Files.readAllLines(folder.resolve("out"))).hasSize(tokens.size());
    }

    private static int run(Path folder, List<String> command) throws InterruptedException {
        try {
            Path output = folder.equals(Path.of(".")) ? Path.of("target", "npm.out") : folder.resolve("out");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            return -1; // there is no such program
        }
    }
}
