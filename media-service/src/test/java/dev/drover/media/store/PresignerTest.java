package dev.drover.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.drover.media.ServiceTest;
import dev.drover.media.StoreClient;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.PresignedRequest;
import dev.drover.platform.objectstore.Presigner;
import dev.drover.platform.objectstore.Sha256;
import dev.drover.platform.objectstore.StoredObject;
import dev.drover.testing.Eventually;

/** What a signed request allows, and that the store refuses all else (M-2). */
@ServiceTest
class PresignerTest {

    private static final byte[] BYTES = "the herd stands".getBytes(StandardCharsets.UTF_8);
    private static final String TYPE = "text/plain";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    Presigner presigner;

    @Inject
    ObjectStore store;

    private final ObjectKey key = key();

    @Test
    void whatWasAnnouncedIsAccepted() {
        PresignedRequest upload = upload();

        assertThat(StoreClient.put(upload.url(), upload.headers(), BYTES)).isEqualTo(200);

        assertThat(store.head(key))
                .contains(new StoredObject(BYTES.length, TYPE, Optional.of(Sha256.of(BYTES)), Optional.empty()));
    }

    @Test
    void lengthTypeAndDigestAreSignedAsHeadersAndNothingElseIs() {
        PresignedRequest upload = upload();

        assertThat(upload.headers())
                .containsOnlyKeys("content-length", "content-type", "x-amz-checksum-sha256")
                .containsEntry("content-length", Integer.toString(BYTES.length))
                .containsEntry("content-type", TYPE);
        assertThat(upload.url().getQuery())
                .contains("X-Amz-SignedHeaders=content-length;content-type;host;x-amz-checksum-sha256")
                .doesNotContainPattern("(?i)(^|&)x-amz-(checksum|sdk)")
                .doesNotContainIgnoringCase("crc32");
    }

    @Test
    void otherBytesOfTheSameLengthAreRefused() {
        PresignedRequest upload = upload();
        byte[] forged = BYTES.clone();
        forged[0] ^= 1;

        refused(StoreClient.put(upload.url(), upload.headers(), forged));
    }

    @Test
    void moreBytesAreRefused() {
        PresignedRequest upload = upload();

        refused(StoreClient.put(upload.url(), upload.headers(), new byte[BYTES.length + 1]));
    }

    @Test
    void fewerBytesAreRefused() {
        PresignedRequest upload = upload();

        refused(StoreClient.put(upload.url(), upload.headers(), new byte[BYTES.length - 1]));
    }

    @Test
    void anotherTypeIsRefused() {
        PresignedRequest upload = upload();

        refused(StoreClient.put(upload.url(), with(upload, "content-type", "text/html"), BYTES));
    }

    @Test
    void anotherDigestIsRefusedAlthoughTheBytesHaveIt() {
        PresignedRequest upload = upload();
        byte[] other = "another herd !!".getBytes(StandardCharsets.UTF_8);
        assertThat(other).hasSameSizeAs(BYTES);
        PresignedRequest ofOther = presigner.upload(key(), content(other), MINUTE);

        refused(StoreClient.put(
                upload.url(),
                with(upload, "x-amz-checksum-sha256", ofOther.headers().get("x-amz-checksum-sha256")),
                other));
    }

    @Test
    void withoutTheDigestItIsRefused() {
        PresignedRequest upload = upload();
        Map<String, String> headers = new HashMap<>(upload.headers());
        headers.remove("x-amz-checksum-sha256");

        refused(StoreClient.put(upload.url(), headers, BYTES));
    }

    @Test
    void anotherKeyIsRefused() {
        PresignedRequest upload = upload();
        ObjectKey other = key();

        refused(StoreClient.put(
                URI.create(upload.url().toString().replace(key.value(), other.value())), upload.headers(), BYTES));
        assertThat(store.head(other)).isEmpty();
    }

    @Test
    void anotherMethodIsRefused() {
        PresignedRequest upload = upload();
        StoreClient.put(upload.url(), upload.headers(), BYTES);

        assertThat(StoreClient.send("DELETE", upload.url(), upload.headers(), new byte[0])
                        .statusCode())
                .isEqualTo(403);
        assertThat(store.head(key)).isPresent();
    }

    @Test
    void anAlteredSignatureOrExpiryIsRefused() {
        PresignedRequest upload = upload();
        String url = upload.url().toString();

        refused(StoreClient.put(
                URI.create(url.replace("X-Amz-Expires=60", "X-Amz-Expires=600")), upload.headers(), BYTES));
        String signature = url.substring(url.indexOf("X-Amz-Signature="));
        String forged = "X-Amz-Signature=" + "0".repeat(64);
        refused(StoreClient.put(URI.create(url.replace(signature, forged)), upload.headers(), BYTES));
    }

    @Test
    void anExpiredUrlIsRefused() {
        PresignedRequest upload = presigner.upload(key, content(BYTES), Duration.ofSeconds(1));

        Eventually.within(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(StoreClient.put(upload.url(), upload.headers(), BYTES))
                        .isEqualTo(403));
    }

    @Test
    void aDownloadCarriesTypeAndDisposition() {
        store.put(key, BYTES, content(BYTES));
        String disposition = "attachment; filename=\"a_.txt\"; filename*=UTF-8''a%C3%BC.txt";

        HttpResponse<byte[]> answer = StoreClient.get(
                presigner.download(key, "text/plain", disposition, MINUTE).url());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(BYTES);
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain");
        assertThat(answer.headers().firstValue("content-disposition")).contains(disposition);
    }

    @Test
    void aDownloadWithAnotherTypeThanSignedIsRefused() {
        store.put(key, BYTES, content(BYTES));
        String url = presigner
                .download(key, "text/plain", "attachment", MINUTE)
                .url()
                .toString();

        assertThat(StoreClient.get(URI.create(url.replace("text%2Fplain", "text%2Fhtml")))
                        .statusCode())
                .isEqualTo(403);
    }

    private void refused(int status) {
        assertThat(status).isBetween(400, 499);
        assertThat(store.head(key)).as("nothing was stored").isEmpty();
    }

    private PresignedRequest upload() {
        return presigner.upload(key, content(BYTES), MINUTE);
    }

    private static Map<String, String> with(PresignedRequest request, String header, String value) {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.put(header, value);
        return headers;
    }

    private static ExactContent content(byte[] bytes) {
        return new ExactContent(bytes.length, TYPE, Sha256.of(bytes));
    }

    private static ObjectKey key() {
        return new ObjectKey("media/usr_test/med_" + UUID.randomUUID() + "/original");
    }
}
