package dev.drover.media.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.media.Files;
import dev.drover.media.ServiceTest;
import dev.drover.media.StoreClient;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Sha256;
import dev.drover.testing.HttpContract;
import dev.drover.testing.TestIdentity;

@ServiceTest
class UploadResourceTest {

    @Inject
    ObjectStore store;

    private final TestIdentity.Login me = TestIdentity.logIn();

    @Test
    void anUploadGoesStraightToTheStoreAndIsVerifiedThere() {
        Response granted = ask(body()).statusCode(201).extract().response();
        JsonPath upload = granted.jsonPath();
        assertThat(granted.header("Location")).isEqualTo("/media/" + upload.getString("id"));
        assertThat(upload.getString("state")).isEqualTo("pending");
        assertThat(upload.getString("method")).isEqualTo("PUT");
        assertThat(Duration.between(Instant.now(), Instant.parse(upload.getString("expiresAt"))))
                .isBetween(Duration.ofSeconds(250), Duration.ofSeconds(301));
        put(upload);

        complete(upload.getString("id"))
                .statusCode(200)
                .body("id", equalTo(upload.getString("id")))
                .body("state", equalTo("verified"))
                .body("contentType", equalTo("text/plain"))
                .body("sizeBytes", equalTo(Files.TEXT.length))
                .body("sha256", equalTo(Sha256.of(Files.TEXT).hex()))
                .body("variants.size()", equalTo(0));
    }

    @Test
    void completingAgainGivesThePresentState() {
        JsonPath upload = ask(body()).extract().jsonPath();
        put(upload);
        complete(upload.getString("id")).statusCode(200);

        complete(upload.getString("id")).statusCode(200).body("state", equalTo("verified"));
    }

    @Test
    void whatWasNotUploadedCannotBeCompleted() {
        HttpContract.problem(complete(ask(body()).extract().path("id")), 409, "upload_missing");
    }

    @Test
    void whatIsNotWhatWasAnnouncedCannotBeCompleted() {
        MediaId id = new MediaId(ask(body()).extract().path("id"));
        byte[] other = "something else".getBytes(StandardCharsets.UTF_8);
        store.put(
                MediaKeys.object(me.sub(), id, VariantName.ORIGINAL),
                other,
                new ExactContent(other.length, "text/html", Sha256.of(other)));

        HttpContract.problem(complete(id.value()), 422, "upload_differs")
                .body("detail", containsString("14 bytes, not 15"))
                .body("detail", containsString("text/html, not text/plain"))
                .body("detail", containsString("SHA-256"));
    }

    @Test
    void aRepeatGivesTheSameGrantUntilItIsUsedAndThenWhatBecameOfIt() {
        String key = UUID.randomUUID().toString();
        Response first = ask(key, body()).statusCode(201).extract().response();

        Response second = ask(key, body())
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .extract()
                .response();
        assertThat(second.asString()).isEqualTo(first.asString());

        put(second.jsonPath());
        complete(first.path("id")).statusCode(200);
        JsonPath third = ask(key, body())
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .extract()
                .jsonPath();
        assertThat(third.getString("id")).isEqualTo(first.path("id"));
        assertThat(third.getString("state")).isEqualTo("verified");
        assertThat(third.getString("url")).isNull();
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        String key = UUID.randomUUID().toString();
        ask(key, body()).statusCode(201);

        HttpContract.problem(ask(key, with("fileName", "other.txt")), 422, "idempotency_key_reused");
    }

    @Test
    void theKeyOfADeletedFileStaysTaken() {
        String key = UUID.randomUUID().toString();
        String id = ask(key, body()).extract().path("id");
        caller().delete("/media/" + id).then().statusCode(204);

        HttpContract.problem(ask(key, body()), 410, "upload_deleted");
        HttpContract.problem(complete(id), 404, "not_found");
    }

    @Test
    void aStrangersUploadIsNotFound() {
        String id = ask(body()).extract().path("id");
        TestIdentity.Login stranger = TestIdentity.logIn();

        HttpContract.problem(
                given().header("Authorization", stranger.bearer())
                        .post("/media/uploads/" + id + "/complete")
                        .then(),
                404,
                "not_found");
    }

    @Test
    void aFileOverTheLimitIsRefusedWithTheLimit() {
        HttpContract.problem(ask(with("sizeBytes", 5_368_709_121L)), 413, "file_too_large")
                .body("detail", containsString("5368709120 bytes"));
        Map<String, Object> avatar = with("purpose", "avatar");
        avatar.put("contentType", "image/png");
        avatar.put("sizeBytes", 16_777_217);
        HttpContract.problem(ask(avatar), 413, "file_too_large").body("detail", containsString("16777216 bytes"));
    }

    @Test
    void aTypeThatIsNotTakenIsRefusedWithThoseThatAre() {
        HttpContract.problem(ask(with("contentType", "text/html")), 422, "content_type_not_allowed")
                .body("detail", containsString("image/jpeg"));
        Map<String, Object> avatar = with("purpose", "avatar");
        HttpContract.problem(ask(avatar), 422, "content_type_not_allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "fileName, ''",
        "contentType, 'text/plain; charset=utf-8'",
        "contentType, TEXT",
        "sizeBytes, 0",
        "sizeBytes, -1",
        "sha256, abc",
        "purpose, banner"
    })
    void eachMemberHasItsRule(String member, String value) {
        HttpContract.problem(ask(with(member, value)), 400, "validation_failed")
                .body("violations.pointer", hasItem("/" + member));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "a\"b;c.txt",
                "\u202Etxt.exe",
                "🐄🐄.txt",
                "Grüße 1.txt",
                ".",
                "%2e%2e",
                "a\r\nSet-Cookie: b"
            })
    void nastyNamesAreDataAndComeBackIntact(String name) {
        String id = ask(with("fileName", name)).statusCode(201).extract().path("id");

        caller().get("/media/" + id).then().statusCode(200).body("fileName", equalTo(name));
    }

    @Test
    void namesAreLimitedInCharactersNotInBytes() {
        ask(with("fileName", "🐄".repeat(1_000))).statusCode(201);
        HttpContract.problem(ask(with("fileName", "🐄".repeat(1_001))), 400, "validation_failed");
    }

    private ValidatableResponse ask(Map<String, Object> body) {
        return ask(UUID.randomUUID().toString(), body);
    }

    private ValidatableResponse ask(String key, Map<String, Object> body) {
        return caller().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/media/uploads")
                .then();
    }

    private ValidatableResponse complete(String id) {
        return caller().post("/media/uploads/" + id + "/complete").then();
    }

    private static void put(JsonPath upload) {
        assertThat(StoreClient.put(URI.create(upload.getString("url")), upload.getMap("headers"), Files.TEXT))
                .isEqualTo(200);
    }

    private RequestSpecification caller() {
        return given().header("Authorization", me.bearer());
    }

    private static Map<String, Object> body() {
        return Map.of(
                "fileName", "herd.txt",
                "contentType", "text/plain",
                "sizeBytes", Files.TEXT.length,
                "sha256", Sha256.of(Files.TEXT).hex(),
                "purpose", "file");
    }

    private static Map<String, Object> with(String member, Object value) {
        Map<String, Object> body = new HashMap<>(body());
        body.put(member, value);
        return body;
    }
}
