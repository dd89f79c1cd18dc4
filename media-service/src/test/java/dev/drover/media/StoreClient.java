package dev.drover.media;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A client that makes presigned requests, as a browser would. */
public final class StoreClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private static final int ATTEMPTS_MAX = 3;

    private StoreClient() {}

    public static int put(URI url, Map<String, String> headers, byte[] bytes) {
        return send("PUT", url, headers, bytes).statusCode();
    }

    public static HttpResponse<byte[]> send(String method, URI url, Map<String, String> headers, byte[] bytes) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(20))
                .method(method, bytes.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes));
        headers.forEach((name, value) -> {
            // The client writes this one itself, from the body.
            if (!name.equalsIgnoreCase("content-length")) {
                request.header(name, value);
            }
        });
        try {
            return answer(request.build());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A store may close a connection after a refusal, just when the next request is on its way: what is safe to repeat is repeated. */
    private static HttpResponse<byte[]> answer(HttpRequest request) throws InterruptedException {
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            try {
                return HTTP.send(request, BodyHandlers.ofByteArray());
            } catch (IOException e) {
                last = e;
            }
        }
        throw new AssertionError("the store did not answer", last);
    }

    public static HttpResponse<byte[]> get(URI url) {
        return send("GET", url, Map.of(), new byte[0]);
    }
}
