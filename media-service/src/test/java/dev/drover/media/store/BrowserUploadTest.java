package dev.drover.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.drover.media.Files;
import dev.drover.media.ServiceTest;
import dev.drover.media.StoreClient;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.PresignedRequest;
import dev.drover.platform.objectstore.Presigner;
import dev.drover.platform.objectstore.Sha256;

/** What a browser asks of the store before and while it uploads from a page of the suite (CORS), with the rules the lab sets. */
@ServiceTest
class BrowserUploadTest {

    private static final String ORIGIN = "http://localhost:8080";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    Presigner presigner;

    @Inject
    MultipartStore multipart;

    private final ObjectKey key = new ObjectKey("media/usr_test/med_" + UUID.randomUUID() + "/original");

    @Test
    void aPageOfTheSuiteMaySendAFileAndReadItAgain() {
        PresignedRequest upload =
                presigner.upload(key, new ExactContent(Files.TEXT.length, "text/plain", Sha256.of(Files.TEXT)), MINUTE);

        allowed(preflight(upload, "PUT", "content-type,x-amz-checksum-sha256", ORIGIN));
        HttpResponse<byte[]> put = send(upload);
        assertThat(put.statusCode()).isEqualTo(200);
        allowed(put);

        PresignedRequest download = presigner.download(key, "text/plain", "inline", MINUTE);
        HttpResponse<byte[]> get = StoreClient.send("GET", download.url(), Map.of("Origin", ORIGIN), new byte[0]);
        assertThat(get.body()).isEqualTo(Files.TEXT);
        allowed(get);
    }

    @Test
    void aPageOfTheSuiteMaySendParts() {
        String uploadId = multipart.begin(key, "text/plain");
        PresignedRequest part = presigner.part(
                key, uploadId, 1, new Presigner.ExactPart(Files.TEXT.length, Sha256.of(Files.TEXT)), MINUTE);

        allowed(preflight(part, "PUT", "x-amz-checksum-sha256", ORIGIN));
        HttpResponse<byte[]> put = send(part);
        assertThat(put.statusCode()).isEqualTo(200);
        allowed(put);
        multipart.abort(key, uploadId);
    }

    @Test
    void anotherPageMayNot() {
        PresignedRequest upload =
                presigner.upload(key, new ExactContent(Files.TEXT.length, "text/plain", Sha256.of(Files.TEXT)), MINUTE);

        for (String origin : new String[] {"http://evil.example", "http://localhost:8080.evil.example", "null"}) {
            assertThat(preflight(upload, "PUT", "content-type,x-amz-checksum-sha256", origin)
                            .headers()
                            .firstValue("access-control-allow-origin"))
                    .as(origin)
                    .isEmpty();
        }
        assertThat(preflight(upload, "DELETE", "", ORIGIN).statusCode()).isBetween(400, 499);
    }

    private static HttpResponse<byte[]> preflight(
            PresignedRequest request, String method, String headers, String origin) {
        Map<String, String> asked = new HashMap<>();
        asked.put("Origin", origin);
        asked.put("Access-Control-Request-Method", method);
        if (!headers.isEmpty()) {
            asked.put("Access-Control-Request-Headers", headers);
        }
        return StoreClient.send("OPTIONS", request.url(), asked, new byte[0]);
    }

    private static HttpResponse<byte[]> send(PresignedRequest request) {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.put("Origin", ORIGIN);
        return StoreClient.send(request.method(), request.url(), headers, Files.TEXT);
    }

    private static void allowed(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isBetween(200, 299);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(ORIGIN);
    }
}
