package dev.drover.lab.operator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** The suite's public API, as anybody has it. Blocks; for virtual threads. */
public final class SuiteApi implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

    /** Longer than the longest wait for a job. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(25);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_WITHIN)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI gateway;

    public SuiteApi(URI gateway) {
        this.gateway = gateway;
    }

    /** @param body empty when it is no JSON object */
    public record Answer(int status, JsonObject body) {
        public boolean isGood() {
            return status >= 200 && status < 300;
        }
    }

    /** A request in the making. */
    public final class Call {
        private final HttpRequest.Builder request;
        private final String method;

        private Call(String method, String path, Optional<String> token) {
            this.method = method;
            this.request = HttpRequest.newBuilder(gateway.resolve(path))
                    .timeout(ANSWER_WITHIN)
                    .header("Accept", "application/json");
            token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        }

        public Call header(String name, String value) {
            request.header(name, value);
            return this;
        }

        public Answer send() throws IOException, InterruptedException {
            return exchange(request.method(method, HttpRequest.BodyPublishers.noBody()));
        }

        public Answer send(JsonObject body) throws IOException, InterruptedException {
            return send("application/json", body);
        }

        public Answer send(String contentType, JsonObject body) throws IOException, InterruptedException {
            return exchange(request.header("Content-Type", contentType)
                    .method(method, HttpRequest.BodyPublishers.ofString(body.encode())));
        }
    }

    public Call get(String path, String token) {
        return new Call("GET", path, Optional.of(token));
    }

    /** With a key of its own, so that the gateway may carry it to another instance. */
    public Call post(String path, Optional<String> token) {
        return new Call("POST", path, token)
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }

    Call put(String path, String token) {
        return new Call("PUT", path, Optional.of(token));
    }

    public Call patch(String path, String token) {
        return new Call("PATCH", path, Optional.of(token))
                .header("Idempotency-Key", UUID.randomUUID().toString());
    }

    private Answer exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        try {
            return new Answer(
                    answer.statusCode(),
                    answer.body().startsWith("{") ? new JsonObject(answer.body()) : new JsonObject());
        } catch (DecodeException e) {
            return new Answer(answer.statusCode(), new JsonObject());
        }
    }

    /** Does not wait for what is under way. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
