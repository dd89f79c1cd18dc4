package dev.drover.media.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.inject.Inject;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

import dev.drover.media.ServiceTest;
import dev.drover.media.StoreClient;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.CompositeSha256;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Sha256;
import dev.drover.testing.HttpContract;
import dev.drover.testing.TestIdentity;

/** Large files, part by part, against a real S3. */
@ServiceTest
class PartsResourceTest {

    private static final int PART = 16 * 1024 * 1024;
    private static final byte[] LARGE = new byte[PART + 1_000_000];
    private static final byte[] FIRST;
    private static final byte[] SECOND;

    static {
        new Random(7).nextBytes(LARGE);
        FIRST = Arrays.copyOf(LARGE, PART);
        SECOND = Arrays.copyOfRange(LARGE, PART, LARGE.length);
    }

    @Inject
    ObjectStore store;

    @Inject
    MultipartStore multipart;

    private final TestIdentity.Login me = TestIdentity.logIn();

    @Test
    void aLargeFileGoesInPartsAndIsComparedWhenItIsWhole() {
        JsonPath upload = ask(UUID.randomUUID().toString());
        String id = upload.getString("id");
        assertThat(upload.getString("url")).isNull();
        assertThat(upload.getLong("multipart.partSizeBytes")).isEqualTo(PART);
        assertThat(upload.getInt("multipart.partCount")).isEqualTo(2);
        assertThat(upload.getList("multipart.parts")).isEmpty();

        JsonPath signed = sign(id, 1, FIRST, 2, SECOND);
        assertThat(put(signed, 0, FIRST)).isEqualTo(200);
        HttpContract.problem(complete(id), 409, "upload_missing").body("missingParts", equalTo(List.of(2)));
        caller().get(parts(id))
                .then()
                .statusCode(200)
                .body("parts.size()", equalTo(1))
                .body("parts[0].number", equalTo(1))
                .body("parts[0].sizeBytes", equalTo(PART))
                .body("parts[0].sha256", equalTo(Sha256.of(FIRST).hex()));
        assertThat(put(signed, 1, SECOND)).isEqualTo(200);

        complete(id).statusCode(200).body("state", equalTo("verified"));
        complete(id).statusCode(200);

        assertThat(store.head(original(id))).hasValueSatisfying(object -> {
            assertThat(object.sizeBytes()).isEqualTo(LARGE.length);
            assertThat(object.contentType()).isEqualTo("application/octet-stream");
            assertThat(object.composite()).contains(CompositeSha256.of(List.of(Sha256.of(FIRST), Sha256.of(SECOND))));
        });
        HttpContract.problem(caller().get(parts(id)).then(), 409, "upload_complete");
    }

    @Test
    void aRepeatOfTheGrantTellsWhatIsThere() {
        String key = UUID.randomUUID().toString();
        String id = ask(key).getString("id");
        JsonPath signed = sign(id, 2, SECOND);
        put(signed, 0, SECOND);

        JsonPath again = ask(key);

        assertThat(again.getString("id")).isEqualTo(id);
        assertThat(again.getList("multipart.parts.number")).isEqualTo(List.of(2));
    }

    @Test
    void aPartIsTakenOnlyAsItWasAnnounced() {
        String id = ask(UUID.randomUUID().toString()).getString("id");
        JsonPath signed = sign(id, 2, SECOND);
        assertThat(signed.getMap("parts[0].headers").keySet())
                .isEqualTo(java.util.Set.of("content-length", "x-amz-checksum-sha256"));
        byte[] forged = SECOND.clone();
        forged[0] ^= 1;

        refused(id, put(signed, 0, forged));
        refused(id, put(signed, 0, new byte[SECOND.length + 1]));
        refused(id, put(signed, 0, new byte[SECOND.length - 1]));
        String url = signed.getString("parts[0].url");
        refused(
                id,
                StoreClient.put(URI.create(url.replace("partNumber=2", "partNumber=1")), headers(signed, 0), SECOND));
        refused(
                id,
                StoreClient.put(
                        URI.create(url.replaceAll("X-Amz-Signature=[0-9a-f]{64}", "X-Amz-Signature=" + "0".repeat(64))),
                        headers(signed, 0),
                        SECOND));
        refused(
                id,
                StoreClient.send("DELETE", URI.create(url), headers(signed, 0), new byte[0])
                        .statusCode());
        assertThat(put(signed, 0, SECOND)).isEqualTo(200);
    }

    @Test
    void whatIsNotWhatWasAnnouncedLastCannotBeCompleted() {
        String id = ask(UUID.randomUUID().toString()).getString("id");
        JsonPath signed = sign(id, 1, FIRST, 2, SECOND);
        put(signed, 0, FIRST);
        put(signed, 1, SECOND);
        sign(id, 2, new byte[] {1});

        HttpContract.problem(complete(id), 422, "upload_differs");
    }

    @Test
    void aDeleteAbortsTheUpload() {
        String id = ask(UUID.randomUUID().toString()).getString("id");
        JsonPath signed = sign(id, 2, SECOND);
        put(signed, 0, SECOND);

        caller().delete("/media/" + id).then().statusCode(204);

        assertThat(multipart.open(original(id).value(), Optional.empty(), 10).uploads())
                .isEmpty();
        HttpContract.problem(caller().get(parts(id)).then(), 404, "not_found");
    }

    @Test
    void ofManyGrantsAtOnceOneUploadStays() throws Exception {
        String id = ask(UUID.randomUUID().toString()).getString("id");
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> caller().get(parts(id)).statusCode());
        }

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : threads.invokeAll(calls)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }

        assertThat(multipart.open(original(id).value(), Optional.empty(), 10).uploads())
                .hasSize(1);
    }

    @Test
    void whoAsksWronglyIsToldWhy() {
        String small = caller().contentType(ContentType.JSON)
                .body(body(10))
                .post("/media/uploads")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        HttpContract.problem(caller().get(parts(small)).then(), 409, "upload_not_in_parts");
        String id = ask(UUID.randomUUID().toString()).getString("id");
        HttpContract.problem(announce(id, List.of(part(3, FIRST))), 400, "validation_failed");
        HttpContract.problem(announce(id, List.of(part(0, FIRST))), 400, "validation_failed");
        HttpContract.problem(announce(id, List.of()), 400, "validation_failed");
        HttpContract.problem(
                given().header("Authorization", TestIdentity.logIn().bearer())
                        .get(parts(id))
                        .then(),
                404,
                "not_found");
    }

    private void refused(String id, int status) {
        assertThat(status).isBetween(400, 499);
        caller().get(parts(id)).then().body("parts.size()", equalTo(0));
    }

    private JsonPath ask(String key) {
        return caller().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body(LARGE.length))
                .post("/media/uploads")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private static Map<String, Object> body(int sizeBytes) {
        return Map.of(
                "fileName", "herd.bin",
                "contentType", "application/octet-stream",
                "sizeBytes", sizeBytes,
                "sha256", Sha256.of(LARGE).hex(),
                "purpose", "file");
    }

    private JsonPath sign(String id, int number, byte[] bytes) {
        return announce(id, List.of(part(number, bytes)))
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private JsonPath sign(String id, int first, byte[] firstBytes, int second, byte[] secondBytes) {
        return announce(id, List.of(part(first, firstBytes), part(second, secondBytes)))
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private ValidatableResponse announce(String id, List<Map<String, Object>> parts) {
        return caller().contentType(ContentType.JSON)
                .body(Map.of("parts", parts))
                .post(parts(id))
                .then();
    }

    private static Map<String, Object> part(int number, byte[] bytes) {
        return Map.of("number", number, "sha256", Sha256.of(bytes).hex());
    }

    private static int put(JsonPath signed, int index, byte[] bytes) {
        return StoreClient.put(URI.create(signed.getString("parts[" + index + "].url")), headers(signed, index), bytes);
    }

    private static Map<String, String> headers(JsonPath signed, int index) {
        return signed.getMap("parts[" + index + "].headers");
    }

    private ValidatableResponse complete(String id) {
        return caller().post("/media/uploads/" + id + "/complete").then();
    }

    private RequestSpecification caller() {
        return given().header("Authorization", me.bearer());
    }

    private static String parts(String id) {
        return "/media/uploads/" + id + "/parts";
    }

    private ObjectKey original(String id) {
        return MediaKeys.object(me.sub(), new MediaId(id), VariantName.ORIGINAL);
    }
}
