package dev.drover.lab.tour.step;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.lab.tour.TourStep;
import dev.drover.lab.tour.Traveller;
import dev.drover.lab.tour.client.Answer;
import dev.drover.lab.tour.client.HttpApi;
import dev.drover.lab.tour.client.LiveChannel;
import dev.drover.lab.tour.client.Patience;
import dev.drover.lab.tour.client.TourFailure;

/** The bytes go to the store and no service sees them on the way; a job makes the variants, and the socket tells. */
public final class UploadPicture implements TourStep {

    private static final int WIDTH = 3_000;
    private static final int HEIGHT = 2_000;
    private static final String VARIANT = "avatar256";
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    @Override
    public String title() {
        return "Upload a picture straight to the store, and be told when its variants are ready";
    }

    @Override
    public void walk(Traveller traveller) {
        Picture picture = Picture.paint(WIDTH, HEIGHT);
        Answer asked =
                traveller.byToken().post("/media/uploads", request(picture)).expect(201);
        String id = asked.text("/id");
        traveller.tell().done("asked for an upload of " + picture.describe(), asked);

        Answer stored = HttpApi.put(URI.create(asked.text("/url")), asked.json().path("headers"), picture.jpeg())
                .expect(200, 201, 204);
        traveller.tell().done("PUT to S3 with the signed URL and headers", stored);

        long completedAt = System.nanoTime();
        Answer complete = traveller
                .byToken()
                .post("/media/uploads/" + id + "/complete")
                .expect(200)
                .expectText("/sha256", picture.sha256());
        traveller.tell().done("completed; the store has what was announced", complete);

        awaitReady(traveller, id);
        traveller
                .tell()
                .done(
                        "the socket says media.ready",
                        traveller.socket().session().instance(),
                        Duration.ofNanos(System.nanoTime() - completedAt));
        checkVariant(traveller, id);
    }

    private static ObjectNode request(Picture picture) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("fileName", "herd.jpg")
                .put("contentType", "image/jpeg")
                .put("sizeBytes", picture.jpeg().length)
                .put("sha256", picture.sha256())
                .put("purpose", "avatar");
    }

    private static void awaitReady(Traveller traveller, String id) {
        LiveChannel events = traveller.socket().channel(traveller.eventsChannel());
        Optional<JsonNode> ready = Patience.await(READY_WITHIN, () -> events.messages().stream()
                .map(message -> message.path("data"))
                .filter(data -> data.path("event").asText().equals("media.ready")
                        && data.path("mediaId").asText().equals(id))
                .findFirst());
        if (ready.isEmpty()) {
            Answer now = traveller.byToken().get("/media/" + id);
            throw new TourFailure(
                    "the event for " + id,
                    "media.ready on " + events.name() + " within " + READY_WITHIN.toSeconds() + " s",
                    events.messages() + ", trouble " + events.troubles() + "; the ledger says "
                            + now.json().path("state").asText("status " + now.status()),
                    traveller.socket().session().instance());
        }
    }

    private static void checkVariant(Traveller traveller, String id) {
        Answer ledger = traveller.byToken().get("/media/" + id).expect(200).expectText("/state", "ready");
        JsonNode stated = variant(ledger);
        String size =
                stated.path("width").asText() + " × " + stated.path("height").asText();
        Answer link = traveller
                .byToken()
                .get("/media/" + id + "/url?variant=" + VARIANT)
                .expect(200);
        Answer file = HttpApi.get(URI.create(link.text("/url"))).expect(200);
        BufferedImage image = decode(file);
        String came = image.getWidth() + " × " + image.getHeight();
        if (!came.equals(size)) {
            throw new TourFailure("the variant " + VARIANT, size + " pixels, as stated", came, file.servedBy());
        }
        traveller.tell().done(VARIANT + " from S3 is an image of " + size + " pixels, as stated", file);
    }

    private static JsonNode variant(Answer ledger) {
        for (JsonNode variant : ledger.json().path("variants")) {
            if (variant.path("name").asText().equals(VARIANT)) {
                return variant;
            }
        }
        throw ledger.failure("a variant " + VARIANT);
    }

    private static BufferedImage decode(Answer file) {
        try {
            BufferedImage image =
                    ImageIO.read(new ByteArrayInputStream(file.raw().body()));
            if (image == null) {
                throw file.failure("an image");
            }
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
