package dev.drover.lab.tour.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

/** The public API at one address, the gateway's or an instance's own, as one caller. It never tries again: that is the gateway's part. */
public final class HttpApi {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    /** The client sets these itself, from the address and the body. */
    private static final Set<String> OWN_HEADERS = Set.of("host", "content-length", "connection");

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();

    private final URI base;
    private final Map<String, String> headers;

    private HttpApi(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    public static HttpApi at(URI base) {
        return new HttpApi(base, Map.of());
    }

    /** The same caller at another address. */
    public HttpApi via(URI other) {
        return new HttpApi(other, headers);
    }

    /** Whose cookie it is says nothing about who sent the request: unsafe methods carry the page's origin too. */
    public HttpApi byCookie(String cookie, URI origin) {
        return with("Cookie", cookie).with("Origin", origin.toString());
    }

    public HttpApi byToken(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public HttpApi with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpApi(base, more);
    }

    public Answer get(String path) {
        return send("GET", path, Map.of(), BodyPublishers.noBody());
    }

    /** With an Idempotency-Key of its own, so that the gateway may hand it to another instance when the first one dies over it. */
    public Answer post(String path, JsonNode body) {
        return send(
                "POST",
                path,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        UUID.randomUUID().toString()),
                BodyPublishers.ofString(body.toString()));
    }

    public Answer post(String path) {
        return send("POST", path, Map.of("Idempotency-Key", UUID.randomUUID().toString()), BodyPublishers.noBody());
    }

    public Answer mergePatch(String path, String ifMatch, JsonNode patch) {
        return send(
                "PATCH",
                path,
                Map.of("Content-Type", "application/merge-patch+json", "If-Match", ifMatch),
                BodyPublishers.ofString(patch.toString()));
    }

    /** Straight to the store, with the headers it was signed for and nothing of the caller's. */
    public static Answer put(URI url, JsonNode signedHeaders, byte[] content) {
        Map<String, String> signed = new TreeMap<>();
        signedHeaders
                .properties()
                .forEach(header -> signed.put(header.getKey(), header.getValue().asText()));
        return HttpApi.at(url).send("PUT", "", signed, BodyPublishers.ofByteArray(content));
    }

    public static Answer get(URI url) {
        return HttpApi.at(url).get("");
    }

    private Answer send(String method, String path, Map<String, String> more, BodyPublisher body) {
        URI target = path.isEmpty() ? base : base.resolve(path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(ANSWER_WITHIN).method(method, body);
        headers.forEach(request::setHeader);
        more.forEach((name, value) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                request.setHeader(name, value);
            }
        });
        // Without its query, which on a presigned address is a secret.
        String name = method + " " + target.getPath();
        long begun = System.nanoTime();
        try {
            return new Answer(
                    name,
                    HTTP.send(request.build(), BodyHandlers.ofByteArray()),
                    Duration.ofNanos(System.nanoTime() - begun));
        } catch (IOException e) {
            throw new TourFailure(name, "an answer", e.toString(), target.getAuthority());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
