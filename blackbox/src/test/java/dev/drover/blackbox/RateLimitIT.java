package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four instances of one service with a quota of fifty reads a day, on the Redis of the shared suite. */
class RateLimitIT {

    private static final int INSTANCES = 4;
    private static final int UNITS = 50;
    private static final int REQUESTS = 300;
    private static final int CLIENTS = 16;

    @TempDir
    static Path folder;

    private static final List<Process> PROCESSES = new ArrayList<>();
    private static List<URI> instances;
    private static String card;

    @BeforeAll
    static void startFour() throws IOException {
        Suite suite = Suite.shared();
        card = "/profiles/" + Person.signUp(suite.anyone()).sub();
        for (int i = 0; i < INSTANCES; i++) {
            PROCESSES.add(start(suite, i));
        }
        instances = IntStream.range(0, INSTANCES).mapToObj(RateLimitIT::address).toList();
    }

    @AfterAll
    static void stopThem() throws InterruptedException {
        PROCESSES.forEach(Process::destroyForcibly);
        for (Process process : PROCESSES) {
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void fourInstancesGiveOutExactlyWhatThePolicySays() throws Exception {
        List<Reply> answers = readAtOnce("203.0.113.50");

        List<Reply> given =
                answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(given).hasSize(UNITS);
        assertThat(given).extracting(Reply::servedBy).contains("limited-0", "limited-1", "limited-2", "limited-3");
        assertThat(given)
                .extracting(answer -> answer.header("RateLimit").orElse("").replaceAll(";t=.*", ""))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, UNITS)
                        .mapToObj("\"read\";r=%d"::formatted)
                        .toList());

        List<Reply> refused =
                answers.stream().filter(answer -> answer.status() != 200).toList();
        assertThat(refused).hasSize(REQUESTS - UNITS).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.text("/code")).isEqualTo("rate_limited");
            assertThat(answer.text("/violated-policies/0")).isEqualTo("read");
            assertThat(answer.header("RateLimit-Policy")).contains("\"read\";q=50;w=86400");
            assertThat(answer.header("Retry-After").map(Integer::parseInt).orElse(0))
                    .isBetween(1, 1_728);
        });
    }

    @Test
    void whoIsNoProxyCannotCountAsAnother() {
        Client client = Client.at(instances.getFirst());
        String through = "198.51.100.7";

        Reply first = client.with("X-Forwarded-For", "192.0.2.1, " + through).get(card);
        Reply second = client.with("X-Forwarded-For", "192.0.2.2, " + through).get(card);

        assertThat(first.header("RateLimit").orElse("")).startsWith("\"read\";r=49;");
        assertThat(second.header("RateLimit").orElse("")).startsWith("\"read\";r=48;");
    }

    private static List<Reply> readAtOnce(String address) throws Exception {
        List<Callable<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Client client = Client.at(instances.get(i % INSTANCES)).with("X-Forwarded-For", address);
            calls.add(() -> client.get(card));
        }
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Reply> answers = new ArrayList<>();
            for (Future<Reply> answer : clients.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private static Process start(Suite suite, int number) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(suite.command("profile"))
                .redirectErrorStream(true)
                .redirectOutput(log(number).toFile());
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry("REDIS_URL", suite.redisUrl()),
                        // A limiter that is asked too late lets reads pass; here that would be a wrong number and not a
                        // slow machine.
                        Map.entry("REDIS_TIMEOUT", "PT5S"),
                        Map.entry("RATE_LIMIT_READ", UNITS + "/PT24H closed"),
                        Map.entry("TRUSTED_PROXIES", "127.0.0.1"),
                        Map.entry("BIND_HOST", "127.0.0.1"),
                        Map.entry("PORT", "0"),
                        Map.entry("MANAGEMENT_PORT", "0"),
                        Map.entry("INSTANCE_ID", "limited-" + number),
                        Map.entry("LOG_FORMAT", "text"),
                        Map.entry("PUBLIC_BASE_URL", suite.gateway().toString()),
                        Map.entry("JWT_ISSUER", suite.gateway().toString()),
                        Map.entry("JWKS_URL", suite.gateway() + "/auth/.well-known/jwks.json")));
        return builder.start();
    }

    /** The address it says it listens on, once it does. */
    private static URI address(int number) {
        Pattern listening = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");
        List<URI> found = new ArrayList<>();
        Eventually.within(Duration.ofSeconds(60)).until(() -> {
            Matcher line = listening.matcher(text(log(number)));
            return line.find() && found.add(URI.create(line.group(1)));
        });
        return found.getFirst();
    }

    private static Path log(int number) {
        return folder.resolve("limited-" + number + ".log");
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
