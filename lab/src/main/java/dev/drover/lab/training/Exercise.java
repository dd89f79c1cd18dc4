package dev.drover.lab.training;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.lab.tour.client.Answer;
import dev.drover.lab.tour.client.HttpApi;
import dev.drover.lab.tour.client.LiveSocket;
import dev.drover.lab.tour.client.Patience;

/** Some of everything a service does in its first minute. It judges nothing: what fails is left out of the recording. */
final class Exercise {

    private static final Duration PROCESSED_WITHIN = Duration.ofSeconds(20);
    private static final int PICTURE_SIDE = 512;

    private final URI gateway;
    private final HttpApi anyone;
    private HttpApi caller;
    private String token;
    private String sub;

    Exercise(URI gateway) {
        this.gateway = gateway;
        this.anyone = HttpApi.at(gateway);
    }

    void run(Consumer<String> trouble) {
        for (Runnable part : List.<Runnable>of(
                this::account, this::profile, this::refusals, this::channel, this::picture, this::end)) {
            try {
                part.run();
            } catch (RuntimeException e) {
                trouble.accept("while recording: " + e.getMessage());
            }
        }
    }

    private void account() {
        String email = "training-" + UUID.randomUUID() + "@example.org";
        String password = UUID.randomUUID().toString();
        anyone.post("/auth/signup", object().put("email", email).put("password", password))
                .expect(201);
        Answer login = anyone.post("/auth/login", object().put("email", email).put("password", password))
                .expect(200);
        token = login.text("/accessToken");
        caller = anyone.byToken(token);
        sub = caller.get("/auth/me").expect(200).text("/id");
        String cookie = login.header("Set-Cookie").orElse("").split(";", 2)[0];
        anyone.byCookie(cookie, gateway).get("/auth/me");
        anyone.post("/auth/refresh", object().put("refreshToken", login.text("/refreshToken")));
    }

    private void profile() {
        Answer profile = caller.get("/profiles/me").expect(200);
        caller.mergePatch("/profiles/me", profile.header("ETag").orElse("*"), object().put("bio", "In training."))
                .expect(200);
        caller.get("/profiles/me");
    }

    private void refusals() {
        for (String path :
                List.of("/auth/me", "/profiles/me", "/media", "/jobs", "/realtime/channels/public:1/messages")) {
            anyone.get(path);
            caller.get(path + "/nothing");
        }
    }

    private void channel() {
        String room = "user:" + sub + ":training";
        try (LiveSocket socket = LiveSocket.open(gateway, token, room)) {
            Patience.until(PROCESSED_WITHIN, () -> socket.channel(room).isSubscribed());
            caller.post(
                    "/realtime/channels/" + room + "/messages",
                    object().put("id", "1").put("data", "hello"));
            Patience.until(
                    PROCESSED_WITHIN, () -> !socket.channel(room).messages().isEmpty());
        }
    }

    private void picture() {
        byte[] jpeg = jpeg();
        Answer upload = caller.post(
                        "/media/uploads",
                        object().put("fileName", "training.jpg")
                                .put("contentType", "image/jpeg")
                                .put("sizeBytes", jpeg.length)
                                .put("sha256", sha256(jpeg))
                                .put("purpose", "avatar"))
                .expect(201);
        String id = upload.text("/id");
        HttpApi.put(URI.create(upload.text("/url")), upload.json().path("headers"), jpeg)
                .expect(200, 204);
        caller.post("/media/uploads/" + id + "/complete").expect(200);
        Patience.until(
                PROCESSED_WITHIN,
                () -> caller.get("/media/" + id).json().path("state").asText().equals("ready"));
        caller.get("/media/" + id + "/url?variant=avatar64");
    }

    private void end() {
        caller.post("/auth/logout");
        caller.get("/auth/me");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static byte[] jpeg() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(PICTURE_SIDE, PICTURE_SIDE, BufferedImage.TYPE_INT_RGB), "jpeg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
