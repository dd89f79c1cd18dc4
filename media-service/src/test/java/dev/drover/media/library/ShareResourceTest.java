package dev.drover.media.library;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import io.restassured.http.ContentType;
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
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.ProcessingLedger;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.testing.HttpContract;
import dev.drover.testing.TestIdentity;

/** Links that others get a file by. */
@ServiceTest
class ShareResourceTest {

    @Inject
    MediaLedger ledger;

    @Inject
    ProcessingLedger processing;

    @Inject
    ObjectStore store;

    private final TestIdentity.Login me = TestIdentity.logIn();

    @Test
    void whoeverHasTheLinkGetsTheFileUntilItIsRevoked() {
        MediaId id = ready();
        JsonPath first = share(id);
        JsonPath second = share(id);

        Response answer = open(first);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(StoreClient.get(URI.create(answer.header("Location"))).body())
                .isEqualTo(Files.TEXT);

        revoke(id, first.getString("id")).statusCode(204);
        revoke(id, first.getString("id")).statusCode(204);

        HttpContract.problem(open(first).then(), 404, "not_found");
        assertThat(open(second).statusCode()).as("the other link").isEqualTo(303);
        caller().get(shares(id)).then().statusCode(200).body("items.id", equalTo(List.of(second.getString("id"))));
    }

    @Test
    void toAVariantThatAReadyFileHasNotThereIsNoLink() {
        MediaId id = ready();

        HttpContract.problem(
                ask(id, UUID.randomUUID().toString(), Map.of("variant", "avatar64")), 404, "variant_not_found");
        caller().get(shares(id)).then().body("items", hasSize(0));
    }

    @Test
    void aRepeatGivesTheSameLink() {
        MediaId id = ready();
        String key = UUID.randomUUID().toString();

        String first = ask(id, key, Map.of())
                .statusCode(201)
                .header("Location", startsWith("/media/" + id + "/shares/shr_"))
                .extract()
                .path("url");
        String second = ask(id, key, Map.of()).statusCode(201).extract().path("url");

        assertThat(second).isEqualTo(first);
        caller().get(shares(id)).then().body("items", hasSize(1));
        // A body none of whose members is needed may be left out.
        caller().contentType(ContentType.JSON)
                .post(shares(id))
                .then()
                .statusCode(201)
                .body("variant", equalTo("original"));
        caller().get(shares(id)).then().body("items", hasSize(2));
    }

    @Test
    void alteredLinksAndThoseToWhatNobodyGetsLeadNowhere() {
        NewMedia pending = Files.text(me.sub());
        ledger.open(pending, Files.TERMS);
        HttpContract.problem(open(share(pending.id())).then(), 404, "not_found");
        MediaId id = ready();
        String url = share(id).getString("url");
        String token = url.substring(url.lastIndexOf('/') + 1);

        for (String altered : List.of(
                token.substring(0, token.length() - 1) + (token.endsWith("0") ? "1" : "0"),
                token.replace('.', '-'),
                "x",
                "..%2f..",
                token + "0")) {
            HttpContract.problem(
                    given().urlEncodingEnabled(false)
                            .get("/media/shared/" + altered)
                            .then(),
                    404,
                    "not_found");
        }
        caller().delete("/media/" + id).then().statusCode(204);
        HttpContract.problem(given().get("/media/shared/" + token).then(), 404, "not_found");
    }

    @Test
    void onlyTheOwnerSharesListsAndRevokes() {
        MediaId id = ready();
        JsonPath share = share(id);
        RequestSpecification stranger =
                given().header("Authorization", TestIdentity.logIn().bearer());

        HttpContract.problem(stranger.get(shares(id)).then(), 404, "not_found");
        HttpContract.problem(
                given().header("Authorization", TestIdentity.logIn().bearer())
                        .delete(shares(id) + "/" + share.getString("id"))
                        .then(),
                404,
                "not_found");
        HttpContract.problem(
                given().header("Authorization", TestIdentity.logIn().bearer())
                        .contentType(ContentType.JSON)
                        .body("{}")
                        .post(shares(id))
                        .then(),
                404,
                "not_found");
        assertThat(open(share).statusCode()).isEqualTo(303);
    }

    @Test
    void howLongAndAsWhatIsTheOwnersChoiceWithinBounds() {
        MediaId id = ready();
        JsonPath share = ask(id, UUID.randomUUID().toString(), Map.of("validFor", "PT1H", "variant", "original"))
                .statusCode(201)
                .extract()
                .jsonPath();
        assertThat(Duration.between(Instant.now(), Instant.parse(share.getString("expiresAt"))))
                .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(61));
        HttpContract.problem(
                ask(id, UUID.randomUUID().toString(), Map.of("validFor", "P31D")), 400, "validation_failed");
        HttpContract.problem(
                ask(id, UUID.randomUUID().toString(), Map.of("variant", "huge")), 400, "validation_failed");
    }

    @Test
    void aFileHasOnlySoManyLinks() {
        MediaId id = ready();
        for (int i = 0; i < 100; i++) {
            share(id);
        }

        HttpContract.problem(ask(id, UUID.randomUUID().toString(), Map.of()), 409, "too_many_shares");
    }

    private MediaId ready() {
        NewMedia file = Files.text(me.sub());
        ledger.open(file, Files.TERMS);
        store.put(MediaKeys.object(me.sub(), file.id(), VariantName.ORIGINAL), Files.TEXT, file.content());
        String unique = Ids.derive(file.id().value());
        ledger.verify(me.sub(), file.id(), new OutboxEntry.Job("job_media_" + unique, "media.process", me.sub(), "{}"));
        processing.begin(file.id(), 1);
        processing.ready(
                file.id(), 1, List.of(), new OutboxEntry.Event("user:" + me.sub() + ":events", "evt_" + unique, "{}"));
        return file.id();
    }

    private JsonPath share(MediaId id) {
        return ask(id, UUID.randomUUID().toString(), Map.of())
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private ValidatableResponse ask(MediaId id, String key, Map<String, String> body) {
        return caller().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post(shares(id))
                .then();
    }

    private static Response open(JsonPath share) {
        return given().redirects()
                .follow(false)
                .get(URI.create(share.getString("url")).getPath());
    }

    private ValidatableResponse revoke(MediaId id, String share) {
        return caller().delete(shares(id) + "/" + share).then();
    }

    private RequestSpecification caller() {
        return given().header("Authorization", me.bearer());
    }

    private static String shares(MediaId id) {
        return "/media/" + id + "/shares";
    }
}
