package dev.drover.jobs.media;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jboss.logging.Logger;

import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.Presigner;

/**
 * Tells a scanner where to read the file, and takes {@code {"clean": true}} or {@code {"clean": false, "finding": …}} for an answer. The
 * bytes go from the store to the scanner.
 */
final class WebhookScanner implements Scanner {

    private static final Logger LOG = Logger.getLogger(WebhookScanner.class);
    private static final int FINDING_CHARS_MAX = 200;
    private static final int OK = 200;

    private final HttpClient http;
    private final URI url;
    private final Duration within;
    private final Presigner presigner;
    private final ObjectMapper json;

    WebhookScanner(HttpClient http, URI url, Duration within, Presigner presigner, ObjectMapper json) {
        this.http = http;
        this.url = url;
        this.within = within;
        this.presigner = presigner;
        this.json = json;
    }

    @Override
    public boolean isClean(NewMedia media) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(within)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(question(media)))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        JsonNode verdict = answer.statusCode() == OK ? json.readTree(answer.body()) : json.nullNode();
        if (!verdict.path("clean").isBoolean()) {
            throw new IOException("the scanner answered " + answer.statusCode() + " without a verdict");
        }
        if (!verdict.path("clean").asBoolean()) {
            String finding = verdict.path("finding").asText().replaceAll("\\p{Cntrl}", "_");
            LOG.infof(
                    "%s is quarantined, the scanner says: %s",
                    media.id(), finding.substring(0, Math.min(FINDING_CHARS_MAX, finding.length())));
        }
        return verdict.path("clean").asBoolean();
    }

    private String question(NewMedia media) {
        var original = MediaKeys.object(media.owner(), media.id(), VariantName.ORIGINAL);
        var download =
                presigner.download(original, media.content().contentType(), "attachment", within.multipliedBy(2));
        return json.createObjectNode()
                .put("mediaId", media.id().value())
                .put("contentType", media.content().contentType())
                .put("sizeBytes", media.content().sizeBytes())
                .put("sha256", media.content().sha256().hex())
                .put("url", download.url().toString())
                .toString();
    }
}
