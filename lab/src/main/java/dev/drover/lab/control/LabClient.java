package dev.drover.lab.control;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.vertx.core.json.JsonObject;

/** Speaks to the control API of a running lab. */
public final class LabClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** A store is a program that has to start. */
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(40);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI gateway;
    private final Optional<String> token;

    public LabClient(URI gateway, Optional<String> token) {
        this.gateway = gateway;
        this.token = token;
    }

    /** One instance as the lab describes it. */
    public record Member(String id, String service, String state, URI url, JsonObject details) {
        public boolean isReady() {
            return state.equals("ready");
        }
    }

    /** The whole answer, as it came. */
    public JsonObject fleet() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/lab/fleet"))
                .timeout(TIMEOUT)
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the lab on " + gateway + " answered " + answer.statusCode());
        }
        return new JsonObject(answer.body());
    }

    public List<Member> members() throws IOException, InterruptedException {
        return fleet().getJsonArray("instances").stream()
                .map(JsonObject.class::cast)
                .map(one -> new Member(
                        one.getString("id"),
                        one.getString("service"),
                        one.getString("state"),
                        URI.create(one.getString("url")),
                        one))
                .toList();
    }

    /** @return empty when it was done, else why not */
    public Optional<String> kill(String instanceId, String signal) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/lab/instances/" + instanceId + "/kill"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token.orElse(""))
                .POST(HttpRequest.BodyPublishers.ofString(
                        new JsonObject().put("signal", signal).encode()))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 204
                ? Optional.empty()
                : Optional.of(new JsonObject(answer.body()).getString("detail"));
    }

    /** @return empty when it was done, else why not */
    public Optional<String> store(String name, String verb) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/lab/stores/" + name + "/" + verb))
                .timeout(STORE_TIMEOUT)
                .header("Authorization", "Bearer " + token.orElse(""))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() < 300
                ? Optional.empty()
                : Optional.of(new JsonObject(answer.body()).getString("detail"));
    }

    @Override
    public void close() {
        http.close();
    }
}
