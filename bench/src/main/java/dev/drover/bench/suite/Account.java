package dev.drover.bench.suite;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Somebody with an account, logged in; Drover's API and the peer's are the same so far. */
public record Account(String id, String email, String token, String refreshToken, String cookie) {

    public static final String PASSWORD = "a long enough secret";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    public static Account signUp(URI base, String name) throws IOException {
        String email = name + "@example.org";
        String id = JSON.readTree(post(base.resolve("/auth/signup"), credentials(email), List.of())
                        .body())
                .path("id")
                .asText();
        return new Account(id, email, "", "", "").logIn(base);
    }

    /** With tokens that are new; a run may be longer than one of them lives. */
    public Account logIn(URI base) throws IOException {
        HttpResponse<String> answer = post(base.resolve("/auth/login"), credentials(email), List.of());
        JsonNode tokens = JSON.readTree(answer.body());
        String cookie = answer.headers().firstValue("set-cookie").orElse("").split(";", 2)[0];
        return new Account(
                id,
                email,
                tokens.path("accessToken").asText(),
                tokens.path("refreshToken").asText(),
                cookie);
    }

    public static String credentials(String email) {
        return write(Map.of("email", email, "password", PASSWORD));
    }

    public static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode read(String json) throws IOException {
        return JSON.readTree(json);
    }

    public HttpResponse<String> post(URI address, String body) throws IOException {
        return post(address, body, List.of("Authorization", "Bearer " + token));
    }

    private static HttpResponse<String> post(URI address, String body, List<String> headers) throws IOException {
        return send("POST", address, body, headers);
    }

    public static HttpResponse<String> send(String method, URI address, String body, List<String> headers)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            HttpResponse<String> answer =
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(
                        method + " " + address + " was answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
