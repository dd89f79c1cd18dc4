package dev.drover.media.library;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import io.restassured.response.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.media.Files;
import dev.drover.media.ServiceTest;
import dev.drover.media.StoreClient;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.AvatarPath;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.MediaVariant;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.ProcessingLedger;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Sha256;
import dev.drover.platform.outbox.OutboxEntry;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.HttpContract;
import dev.drover.testing.TestIdentity;

/** What {@code avatar.urls} of cards lead to. Attacks M-13: nothing but what a profile shows. */
@ServiceTest
class AvatarResourceTest {

    private static final byte[] SMALL = "small".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LARGE = "large".getBytes(StandardCharsets.US_ASCII);

    @Inject
    MediaLedger ledger;

    @Inject
    ProcessingLedger processing;

    @Inject
    ObjectStore store;

    @Inject
    RedisCalls redis;

    private final TestIdentity.Login me = TestIdentity.logIn();
    private final String profile = "drover:{" + me.sub() + "}:profile";

    private MediaId picture;

    @BeforeEach
    void aReadyPicture() {
        picture = ready(MediaPurpose.AVATAR);
    }

    @Test
    void whileTheProfileShowsItAnyoneGetsThePictureInEachSize() {
        show(picture);

        Response small = get(picture, "avatar64");
        assertThat(small.statusCode()).isEqualTo(303);
        assertThat(small.header("Cache-Control")).matches("public, max-age=(1[0-9]|2[0-9]|30)");
        assertThat(StoreClient.get(URI.create(small.header("Location"))).body()).isEqualTo(SMALL);
        assertThat(StoreClient.get(URI.create(get(picture, "avatar256").header("Location")))
                        .body())
                .isEqualTo(LARGE);
    }

    @Test
    void aPictureTheProfileDoesNotShowIsNobodysButItsOwners() {
        nothing(get(picture, "avatar64"));
        show(picture);
        assertThat(get(picture, "avatar64").statusCode()).isEqualTo(303);

        show(ready(MediaPurpose.AVATAR));
        nothing(get(picture, "avatar64"));
        redis.send(Command.HSET, profile, "avatar", "");
        nothing(get(picture, "avatar64"));
    }

    @Test
    void neitherTheUploadItselfNorAnotherFileIsGivenOutForAnAvatar() {
        show(picture);
        nothing(get(picture, "original"));
        nothing(get(picture, "preview"));
        nothing(get(picture, "huge"));
        MediaId document = ready(MediaPurpose.FILE);
        show(document);
        nothing(get(document, "avatar64"));
    }

    @Test
    void underAnotherAccountsNameThereIsNothing() {
        show(picture);
        for (String account : List.of(TestIdentity.logIn().sub(), "usr_", "%7D")) {
            nothing(given().redirects()
                    .follow(false)
                    .urlEncodingEnabled(false)
                    .get(AvatarPath.ROOT + "/" + account + "/" + picture + "/avatar64"));
        }
    }

    @Test
    void aDeletedPictureIsGoneAlthoughTheProfileStillNamesIt() {
        show(picture);
        given().header("Authorization", me.bearer()).delete("/media/" + picture);
        nothing(get(picture, "avatar64"));
    }

    private void show(MediaId id) {
        redis.send(Command.HSET, profile, "version", "1", "avatar", id.value());
    }

    private Response get(MediaId id, String variant) {
        return given().redirects().follow(false).get(AvatarPath.ROOT + "/" + me.sub() + "/" + id + "/" + variant);
    }

    private static void nothing(Response answer) {
        HttpContract.problem(answer.then(), 404, "not_found");
    }

    private MediaId ready(MediaPurpose purpose) {
        MediaId id = MediaId.of(me.sub(), Ids.derive(UUID.randomUUID().toString()));
        ExactContent content = new ExactContent(Files.TEXT.length, "image/png", Sha256.of(Files.TEXT));
        ledger.open(new NewMedia(id, me.sub(), "me.png", content, purpose), Files.TERMS);
        put(id, VariantName.ORIGINAL, Files.TEXT, content);
        List<MediaVariant> variants =
                List.of(variant(id, VariantName.AVATAR64, 64, SMALL), variant(id, VariantName.AVATAR256, 256, LARGE));
        String unique = Ids.derive(id.value());
        ledger.verify(me.sub(), id, new OutboxEntry.Job("job_media_" + unique, "media.process", me.sub(), "{}"));
        processing.begin(id, 1);
        processing.ready(id, 1, variants, new OutboxEntry.Event("user:" + me.sub() + ":events", "evt_" + unique, "{}"));
        return id;
    }

    private MediaVariant variant(MediaId id, VariantName name, int pixels, byte[] bytes) {
        put(id, name, bytes, new ExactContent(bytes.length, "image/jpeg", Sha256.of(bytes)));
        return new MediaVariant(name, "image/jpeg", bytes.length, pixels, pixels);
    }

    private void put(MediaId id, VariantName name, byte[] bytes, ExactContent content) {
        store.put(MediaKeys.object(me.sub(), id, name), bytes, content);
    }
}
