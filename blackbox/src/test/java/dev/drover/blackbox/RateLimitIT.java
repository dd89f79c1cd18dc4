package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    private static Instances four;
    private static String card;

    @BeforeAll
    static void startFour() throws IOException {
        Suite suite = Suite.shared();
        card = "/profiles/" + Person.signUp(suite.anyone()).sub();
        four = new Instances(suite, folder);
        four.start(Collections.nCopies(
                INSTANCES, Map.of("RATE_LIMIT_READ", UNITS + "/PT24H closed", "TRUSTED_PROXIES", "127.0.0.1")));
    }

    @AfterAll
    static void stopThem() throws InterruptedException {
        four.close();
    }

    @Test
    void fourInstancesGiveOutExactlyWhatThePolicySays() throws Exception {
        List<Reply> answers = readAtOnce("203.0.113.50");

        List<Reply> given =
                answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(given).hasSize(UNITS);
        assertThat(given).extracting(Reply::servedBy).contains("own-0", "own-1", "own-2", "own-3");
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
        Client client = Client.at(four.addresses().getFirst());
        String through = "198.51.100.7";

        Reply first = client.with("X-Forwarded-For", "192.0.2.1, " + through).get(card);
        Reply second = client.with("X-Forwarded-For", "192.0.2.2, " + through).get(card);

        assertThat(first.header("RateLimit").orElse("")).startsWith("\"read\";r=49;");
        assertThat(second.header("RateLimit").orElse("")).startsWith("\"read\";r=48;");
    }

    private static List<Reply> readAtOnce(String address) throws Exception {
        List<Callable<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Client client = Client.at(four.addresses().get(i % INSTANCES)).with("X-Forwarded-For", address);
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
}
