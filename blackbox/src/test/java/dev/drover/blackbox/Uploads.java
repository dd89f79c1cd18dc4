package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** A file on its way to the store: asked for at media-service, put by a presigned URL. */
final class Uploads {

    private Uploads() {}

    /** For a text of one's own. */
    static Reply ask(Client client, byte[] bytes) {
        return ask(client, "moo.txt", "text/plain", "file", bytes);
    }

    static Reply ask(Client client, String fileName, String type, String purpose, byte[] bytes) {
        Reply upload = client.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/media/uploads", """
                        {"fileName":"%s","contentType":"%s","sizeBytes":%d,\
                        "sha256":"%s","purpose":"%s"}""".formatted(fileName, type, bytes.length, sha256(bytes), purpose));
        assertThat(upload.status()).as("%s", upload.body()).isEqualTo(201);
        return upload;
    }

    static int put(Reply upload, byte[] bytes) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(upload.text("/url")))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
        upload.body().path("headers").fields().forEachRemaining(header -> {
            // The client itself sends what its library calls restricted.
            if (!header.getKey().equalsIgnoreCase("content-length")
                    && !header.getKey().equalsIgnoreCase("host")) {
                request.header(header.getKey(), header.getValue().asText());
            }
        });
        return Client.exchange(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
