package dev.drover.profile.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.drover.platform.idempotency.Ids;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.TestIdentity;

/** Many at once, over HTTP. The clients know nothing but the contract: read, change, send with If-Match, and again on 412. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class LostUpdateTest {

    private static final int INCREMENTS = 200;
    private static final int CLIENTS = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/profiles/me")
    URI me;

    /**
     * Attacks P-1; a thousand over two instances are in the black-box tests. The clients share one session and often send the very same request,
     * which must not pass for a repeat.
     */
    @Test
    void concurrentIncrementsAddUp() throws Exception {
        String token = TestIdentity.logIn().bearer();
        inParallel(CLIENTS, client -> {
            try (HttpClient http = HttpClient.newHttpClient()) {
                for (int i = 0; i < INCREMENTS / CLIENTS; i++) {
                    increment(http, token);
                }
            }
            return null;
        });
        try (HttpClient http = HttpClient.newHttpClient()) {
            JsonNode profile = JSON.readTree(read(http, token).body());
            assertThat(profile.at("/preferences/count").asInt()).isEqualTo(INCREMENTS);
            assertThat(profile.at("/version").asInt()).isEqualTo(INCREMENTS);
        }
    }

    /** Attacks P-4. */
    @Test
    void ofManyAccountsOneGetsTheHandle() throws Exception {
        String handle = "h_" + Ids.derive(UUID.randomUUID().toString());
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<String> tokens = IntStream.range(0, 24)
                    .mapToObj(i -> TestIdentity.logIn().bearer())
                    .toList();
            List<Integer> answers = inParallel(
                    tokens.size(), i -> patch(http, tokens.get(i), "\"0\"", "{\"handle\":\"" + handle + "\"}"));
            assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
            int shown = 0;
            for (String token : tokens) {
                shown += read(http, token).body().contains(handle) ? 1 : 0;
            }
            assertThat(shown).isEqualTo(1);
        }
    }

    private void increment(HttpClient http, String token) throws Exception {
        int status = 412;
        while (status == 412) {
            HttpResponse<String> read = read(http, token);
            int count = JSON.readTree(read.body()).at("/preferences/count").asInt();
            String tag = read.headers().firstValue("ETag").orElseThrow();
            status = patch(http, token, tag, "{\"preferences\":{\"count\":" + (count + 1) + "}}");
        }
        assertThat(status).isEqualTo(200);
    }

    private HttpResponse<String> read(HttpClient http, String token) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(me).header("Authorization", token).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private int patch(HttpClient http, String token, String tag, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(me)
                .header("Authorization", token)
                .header("If-Match", tag)
                .header("Content-Type", MyProfileResource.MERGE_PATCH)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static <T> List<T> inParallel(int clients, Client<T> client) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Callable<T>> all = IntStream.range(0, clients)
                    .<Callable<T>>mapToObj(i -> () -> client.run(i))
                    .toList();
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> result : threads.invokeAll(all)) {
                results.add(result.get());
            }
            return results;
        }
    }

    private interface Client<T> {
        T run(int number) throws Exception;
    }
}
