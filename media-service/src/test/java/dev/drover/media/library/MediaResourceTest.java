package dev.drover.media.library;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Inject;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

import dev.drover.media.Files;
import dev.drover.media.ServiceTest;
import dev.drover.media.StoreClient;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaVariant;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.ProcessingLedger;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Sha256;
import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.testing.HttpContract;
import dev.drover.testing.TestIdentity;

@ServiceTest
class MediaResourceTest {

    private static final byte[] PREVIEW = {1, 2, 3};

    @Inject
    MediaLedger ledger;

    @Inject
    ProcessingLedger processing;

    @Inject
    ObjectStore store;

    private final TestIdentity.Login me = TestIdentity.logIn();

    @Test
    void aReadyFileIsFetchedByItsUrlWithNameAndType() {
        MediaId id = ready("Grüße \"1\".txt");

        HttpResponse<byte[]> original = fetch(id, "original");

        assertThat(original.body()).isEqualTo(Files.TEXT);
        assertThat(original.headers().firstValue("content-type")).contains("text/plain");
        assertThat(original.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"Gr__e _1_.txt\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22.txt");
    }

    @Test
    void aUrlHoldsForAMinuteAtMostAndIsNotKept() {
        Response link = caller().get("/media/" + ready("herd.txt") + "/url");
        link.then().statusCode(200).header("Cache-Control", "no-store");
        assertThat(link.<String>path("url")).contains("X-Amz-Expires=60&");
        assertThat(Duration.between(Instant.now(), Instant.parse(link.path("expiresAt"))))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(61));
    }

    @Test
    void aVariantIsFetchedByItsUrl() {
        HttpResponse<byte[]> preview = fetch(ready("herd.txt"), "preview");

        assertThat(preview.body()).isEqualTo(PREVIEW);
        assertThat(preview.headers().firstValue("content-type")).contains("image/jpeg");
        assertThat(preview.headers().firstValue("content-disposition").orElseThrow())
                .startsWith("inline; filename=\"herd-preview.jpg\"");
    }

    @Test
    void aFileListsItsVariants() {
        caller().get("/media/" + ready("herd.txt"))
                .then()
                .statusCode(200)
                .body("state", equalTo("ready"))
                .body("variants[0].name", equalTo("preview"))
                .body("variants[0].width", equalTo(4))
                .body("reason", nullValue());
    }

    @Test
    void variantsThatAreNotThereAreNotFound() {
        MediaId id = ready("herd.txt");

        HttpContract.problem(url(id, "avatar64"), 404, "variant_not_found");
        HttpContract.problem(url(id, "../original"), 404, "variant_not_found");
    }

    @Test
    void whatIsNotReadyIsGivenToNobody() {
        NewMedia file = Files.text(me.sub());
        ledger.open(file, Files.TERMS);
        HttpContract.problem(url(file.id(), "original"), 409, "media_not_ready")
                .body("detail", containsString("pending"));
        verify(file);
        processing.begin(file.id(), 1);
        HttpContract.problem(url(file.id(), "original"), 409, "media_not_ready");
        processing.quarantine(file.id(), 1, "type_mismatch", event(file));

        HttpContract.problem(url(file.id(), "original"), 409, "media_quarantined")
                .body("detail", containsString("type_mismatch"));
        caller().get("/media/" + file.id()).then().body("reason", equalTo("type_mismatch"));
    }

    @Test
    void aDeletedFileIsGoneWithItsObjectsAndMayBeDeletedAgain() {
        MediaId id = ready("herd.txt");

        caller().delete("/media/" + id).then().statusCode(204);

        assertThat(MediaKeys.objects(me.sub(), id))
                .allSatisfy(key -> assertThat(store.head(key)).isEmpty());
        HttpContract.problem(caller().get("/media/" + id).then(), 404, "not_found");
        HttpContract.problem(url(id, "original"), 404, "not_found");
        caller().delete("/media/" + id).then().statusCode(204);
    }

    @Test
    void aStrangerFindsNothing() {
        MediaId id = ready("herd.txt");
        TestIdentity.Login stranger = TestIdentity.logIn();

        for (String path : List.of("/media/" + id, "/media/" + id + "/url")) {
            HttpContract.problem(
                    given().header("Authorization", stranger.bearer()).get(path).then(), 404, "not_found");
        }
        HttpContract.problem(
                given().header("Authorization", stranger.bearer())
                        .delete("/media/" + id)
                        .then(),
                404,
                "not_found");
        assertThat(store.head(MediaKeys.object(me.sub(), id, VariantName.ORIGINAL)))
                .isPresent();
    }

    @Test
    void theListIsReadPageByPage() {
        for (int i = 0; i < 5; i++) {
            ledger.open(Files.text(me.sub()), Files.TERMS);
        }
        List<String> ids = new ArrayList<>();
        Response page = caller().get("/media?limit=2");
        while (true) {
            JsonPath body = page.then().statusCode(200).extract().jsonPath();
            ids.addAll(body.getList("items.id"));
            String cursor = body.getString("nextCursor");
            if (cursor == null) {
                page.then().header("Link", nullValue());
                break;
            }
            String link = page.header("Link");
            assertThat(link).isEqualTo("</media?limit=2&cursor=" + cursor + ">; rel=\"next\"");
            page = caller().get(link.substring(1, link.indexOf('>')));
        }
        assertThat(ids).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void theListsParametersAreChecked() {
        HttpContract.problem(caller().get("/media?limit=0").then(), 400, "validation_failed");
        HttpContract.problem(caller().get("/media?limit=101").then(), 400, "validation_failed");
        HttpContract.problem(caller().get("/media?cursor=nonsense").then(), 400, "validation_failed");
    }

    private HttpResponse<byte[]> fetch(MediaId id, String variant) {
        String url = url(id, variant).statusCode(200).extract().path("url");
        HttpResponse<byte[]> file = StoreClient.get(URI.create(url));
        assertThat(file.statusCode()).isEqualTo(200);
        return file;
    }

    private ValidatableResponse url(MediaId id, String variant) {
        return caller().queryParam("variant", variant)
                .get("/media/" + id + "/url")
                .then();
    }

    private RequestSpecification caller() {
        return given().header("Authorization", me.bearer());
    }

    private MediaId ready(String fileName) {
        NewMedia file = Files.text(me.sub(), fileName);
        ledger.open(file, Files.TERMS);
        store.put(MediaKeys.object(me.sub(), file.id(), VariantName.ORIGINAL), Files.TEXT, file.content());
        verify(file);
        processing.begin(file.id(), 1);
        store.put(
                MediaKeys.object(me.sub(), file.id(), VariantName.PREVIEW),
                PREVIEW,
                new ExactContent(PREVIEW.length, "image/jpeg", Sha256.of(PREVIEW)));
        processing.ready(
                file.id(), 1, List.of(new MediaVariant(VariantName.PREVIEW, "image/jpeg", 3, 4, 3)), event(file));
        return file.id();
    }

    private void verify(NewMedia file) {
        ledger.verify(
                me.sub(),
                file.id(),
                new OutboxEntry.Job("job_media_" + Ids.derive(file.id().value()), "media.process", me.sub(), "{}"));
    }

    private OutboxEntry.Event event(NewMedia file) {
        return new OutboxEntry.Event(
                "user:" + me.sub() + ":events", "evt_" + Ids.derive(file.id().value()), "{}");
    }
}
