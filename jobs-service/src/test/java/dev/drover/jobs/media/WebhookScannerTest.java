package dev.drover.jobs.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.PresignedRequest;
import dev.drover.platform.objectstore.Presigner;
import dev.drover.platform.objectstore.Sha256;

/** What a scanner is told, and what its answers mean. */
class WebhookScannerTest {

    private static final String OWNER = "usr_scanned";
    private static final NewMedia FILE = new NewMedia(
            MediaId.of(OWNER, Ids.derive("file")),
            OWNER,
            "file",
            new ExactContent(3, "text/plain", Sha256.of(new byte[] {1, 2, 3})),
            MediaPurpose.FILE);

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicReference<String> asked = new AtomicReference<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "{\"clean\":true}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/scan", exchange -> {
            asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theScannerIsToldWhereToReadTheFileAndItsWordCounts() throws Exception {
        assertThat(scan()).isTrue();

        JsonNode question = json.readTree(asked.get());
        assertThat(question.path("mediaId").asText()).isEqualTo(FILE.id().value());
        assertThat(question.path("sha256").asText())
                .isEqualTo(FILE.content().sha256().hex());
        assertThat(question.path("url").asText()).startsWith("http://store/media/" + OWNER);

        answer = "{\"clean\":false,\"finding\":\"Eicar\\nforged line\"}";
        assertThat(scan()).isFalse();
    }

    @Test
    void withoutAVerdictNothingIsDecided() {
        for (String word : new String[] {"", "{}", "{\"clean\":\"yes\"}", "null", "[]"}) {
            answer = word;
            assertThatThrownBy(this::scan).as(word).isInstanceOf(IOException.class);
        }
        answer = "{\"clean\":true}";
        status = 500;
        assertThatThrownBy(this::scan).isInstanceOf(IOException.class).hasMessageContaining("500");
        server.stop(0);
        assertThatThrownBy(this::scan).isInstanceOf(IOException.class);
    }

    private boolean scan() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/scan");
            return new WebhookScanner(http, url, Duration.ofSeconds(20), new NamingPresigner(), json).isClean(FILE);
        }
    }

    /** Signs nothing; a URL says what it is for. */
    private static final class NamingPresigner implements Presigner {

        @Override
        public PresignedRequest upload(ObjectKey key, ExactContent content, Duration validFor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PresignedRequest part(ObjectKey key, String uploadId, int number, ExactPart part, Duration validFor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PresignedRequest download(
                ObjectKey key, String contentType, String contentDisposition, Duration validFor) {
            return new PresignedRequest(
                    "GET", URI.create("http://store/" + key), Map.of(), Instant.EPOCH.plus(validFor));
        }
    }
}
