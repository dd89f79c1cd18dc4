package dev.drover.deploy.journey;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.drover.lab.tour.client.Answer;
import dev.drover.lab.tour.client.HttpApi;
import dev.drover.lab.tour.client.Patience;

/** A picture that was sent straight to the store before anything was killed, and must be there, byte for byte, after all of it. */
final class StoredPicture {

    private static final Duration PROCESSED_WITHIN = Duration.ofMinutes(3);
    private static final int SIDE = 320;

    private final ProfileWriter owner;
    private final String id;
    private final byte[] content;

    private StoredPicture(ProfileWriter owner, String id, byte[] content) {
        this.owner = owner;
        this.id = id;
        this.content = content;
    }

    static StoredPicture upload(URI gateway) throws IOException {
        ProfileWriter owner = ProfileWriter.signUp(gateway);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB), "png", png);
        byte[] content = png.toByteArray();
        Answer upload = owner.caller()
                .post(
                        "/media/uploads",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("fileName", "journey.png")
                                .put("contentType", "image/png")
                                .put("sizeBytes", content.length)
                                .put("sha256", sha256(content))
                                .put("purpose", "avatar"))
                .expect(201);
        HttpApi.put(URI.create(upload.text("/url")), upload.json().path("headers"), content)
                .expect(200, 204);
        String id = upload.text("/id");
        ProfileWriter.patiently(
                "complete the upload",
                () -> owner.caller().post("/media/uploads/" + id + "/complete").expect(200));
        boolean isReady = Patience.until(PROCESSED_WITHIN, () -> owner.caller()
                .get("/media/" + id)
                .json()
                .path("state")
                .asText()
                .equals("ready"));
        if (!isReady) {
            throw new IllegalStateException("the picture was not processed within " + PROCESSED_WITHIN);
        }
        return new StoredPicture(owner, id, content);
    }

    List<String> audit() {
        owner.audit();
        // The store may be coming back at this moment; that it does not answer is not that it has lost something.
        Answer stored = ProfileWriter.patiently("fetch the picture", () -> {
            Answer url = owner.caller().get("/media/" + id + "/url").expect(200);
            return HttpApi.get(URI.create(url.text("/url"))).expect(200, 404);
        });
        return stored.status() == 200 && Arrays.equals(stored.raw().body(), content)
                ? List.of()
                : List.of("the picture " + id + " is not what was sent: status " + stored.status());
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
