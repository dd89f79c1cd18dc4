package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.blackbox.Suite.Member;

class MediaIT {

    private final Suite suite = Suite.shared();

    @Test
    void aPictureGoesStraightToTheStoreAndItsVariantsAreAnnouncedOnTheOwnersSocket() throws Exception {
        Person person = Person.signUp(suite.anyone());
        byte[] picture = jpeg(3_000, 2_000);
        try (Socket socket = Socket.open(person)) {
            socket.subscribe("user:" + person.sub() + ":events");
            Reply upload = ask(person, picture, "avatar");
            assertThat(Uploads.put(upload, picture)).isBetween(200, 204);
            String id = upload.text("/id");
            Reply complete = complete(person, id);
            assertThat(complete.text("/state")).isIn("verified", "processing", "ready");
            assertThat(complete.text("/sha256")).isEqualTo(Uploads.sha256(picture));

            JsonNode ready = socket.await(
                    frame -> frame.path("data").path("mediaId").asText().equals(id)
                            && frame.path("data").path("event").asText().equals("media.ready"));
            assertThat(ready.path("type").asText()).isEqualTo("message");

            BufferedImage variant = fetchImage(person, id, "avatar256");
            assertThat(variant.getWidth()).isEqualTo(256);
            assertThat(variant.getHeight()).isEqualTo(256);
            assertThat(fetch(person, id, "original")).isEqualTo(picture);
        }
    }

    @Test
    void theCardOfAnAccountLeadsAnyoneToItsPictureForAsLongAsTheProfileShowsIt() throws Exception {
        Person person = Person.signUp(suite.anyone());
        byte[] picture = jpeg(300, 200);
        Reply upload = ask(person, picture, "avatar");
        Uploads.put(upload, picture);
        String id = upload.text("/id");
        complete(person, id);
        Eventually.within(Duration.ofSeconds(60))
                .until(() -> person.client().get("/media/" + id).text("/state").equals("ready"));
        Client owner = person.client().with("If-Match", "*");

        assertThat(owner.patch("/profiles/me", "{\"avatar\":{\"mediaId\":\"" + id + "\"}}")
                        .status())
                .isEqualTo(200);
        URI small = URI.create(suite.anyone().get("/profiles/" + person.sub()).text("/avatar/urls/avatar64"));
        HttpResponse<byte[]> way = get(small);
        assertThat(way.statusCode()).isEqualTo(303);
        HttpResponse<byte[]> seen =
                get(URI.create(way.headers().firstValue("Location").orElseThrow()));
        assertThat(ImageIO.read(new ByteArrayInputStream(seen.body())).getWidth())
                .isEqualTo(64);

        owner.patch("/profiles/me", "{\"avatar\":null}");
        assertThat(get(small).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<byte[]> get(URI address) {
        return Client.exchange(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void otherBytesThanDeclaredAreRefused() throws Exception {
        Person person = Person.signUp(suite.anyone());
        byte[] picture = jpeg(64, 64);
        Reply upload = ask(person, picture, "file");
        byte[] forged = picture.clone();
        forged[forged.length / 2] ^= 1;

        assertThat(Uploads.put(upload, forged)).isBetween(400, 499);

        Reply complete = person.client().post("/media/uploads/" + upload.text("/id") + "/complete", "");
        assertThat(complete.status()).isBetween(400, 499);
    }

    @Test
    void aPictureIsProcessedAlthoughTheWorkerThatHadItIsKilled() throws Exception {
        Person person = Person.signUp(suite.anyone());
        byte[] picture = jpeg(3_500, 2_500);
        Reply upload = ask(person, picture, "avatar");
        Uploads.put(upload, picture);
        String id = upload.text("/id");
        complete(person, id);

        for (Member worker : suite.ready("jobs")) {
            suite.kill(worker);
        }

        Eventually.within(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(
                        person.client().get("/media/" + id).text("/state"))
                .isEqualTo("ready"));
        assertThat(fetchImage(person, id, "avatar64").getWidth()).isEqualTo(64);
    }

    @Test
    void anUploadBegunOnOneInstanceIsCompletedOnTheOtherAfterTheFirstIsKilled() throws Exception {
        Person person = Person.signUp(suite.anyone());
        byte[] picture = jpeg(200, 200);
        Member first = suite.ready("media").getFirst();
        Reply upload = askVia(person.client().via(first.url()), picture, "file");
        suite.kill(first);
        Uploads.put(upload, picture);

        assertThat(complete(person, upload.text("/id")).status()).isEqualTo(200);
        Reply stranger = Person.signUp(suite.anyone()).client().get("/media/" + upload.text("/id"));
        assertThat(stranger.status()).isEqualTo(404);
    }

    /** Attacks M-8: a hundred at once, on four instances. */
    @Test
    void ofManyUploadsAtOnceOnAllInstancesExactlyAsManyAreGrantedAsTheQuotaHasRoomFor(@TempDir Path folder)
            throws Exception {
        Person person = Person.signUp(suite.anyone());
        Member member = suite.ready("media").getFirst();
        Map<String, String> environment = new HashMap<>(member.environment("S3_"));
        environment.putAll(member.environment("AWS_"));
        // Who is patient on a busy machine asks more than a hundred times; that would be too many for those of the
        // suite.
        environment.put("RATE_LIMIT_UPLOAD", "off");
        try (Instances four = new Instances(suite, "media", folder)) {
            four.start(Collections.nCopies(4, environment));
            grantAsMuchAsThereIsRoomFor(person, four.addresses());
        }
    }

    private void grantAsMuchAsThereIsRoomFor(Person person, List<URI> instances) throws Exception {
        assertThat(instances).hasSize(4);
        // Ten of them are the 10 GiB an account has.
        String gibibyte = """
                {"fileName":"a","contentType":"application/octet-stream","sizeBytes":1073741824,"sha256":"%s","purpose":"file"}""".formatted("0".repeat(64));
        List<Callable<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Client client = person.client()
                    .via(instances.get(i % instances.size()))
                    .with("Idempotency-Key", UUID.randomUUID().toString());
            calls.add(() -> Patiently.post(client, "/media/uploads", gibibyte));
        }
        List<Reply> replies = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(100)) {
            for (Future<Reply> reply : clients.invokeAll(calls)) {
                replies.add(reply.get());
            }
        }

        List<Reply> granted =
                replies.stream().filter(reply -> reply.status() == 201).toList();
        assertThat(granted).hasSize(10);
        assertThat(replies.stream().filter(reply -> reply.status() == 409))
                .hasSize(90)
                .allSatisfy(reply -> {
                    assertThat(reply.text("/code")).isEqualTo("media_quota_exceeded");
                    assertThat(reply.body().path("bytesLeft").asLong(-1)).isZero();
                });
        Eventually.within(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(person.client()
                        .delete("/media/" + granted.getFirst().text("/id"))
                        .status())
                .isEqualTo(204));
        assertThat(person.client().get("/media?limit=100").body().path("items").size())
                .isEqualTo(9);
    }

    private static Reply ask(Person person, byte[] picture, String purpose) {
        return askVia(person.client(), picture, purpose);
    }

    private static Reply askVia(Client client, byte[] picture, String purpose) {
        return Uploads.ask(client, "herd.jpg", "image/jpeg", purpose, picture);
    }

    private static Reply complete(Person person, String id) {
        Reply complete = person.client()
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/media/uploads/" + id + "/complete", "");
        assertThat(complete.status()).as("%s", complete.body()).isEqualTo(200);
        return complete;
    }

    private static byte[] fetch(Person person, String id, String variant) {
        Reply link = person.client().get("/media/" + id + "/url?variant=" + variant);
        assertThat(link.status()).as("%s", link.body()).isEqualTo(200);
        HttpResponse<byte[]> file = get(URI.create(link.text("/url")));
        assertThat(file.statusCode()).isEqualTo(200);
        return file.body();
    }

    private static BufferedImage fetchImage(Person person, String id, String variant) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(fetch(person, id, variant)));
    }

    private static byte[] jpeg(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 255 / width) << 16 | (y * 255 / height) << 8 | (x ^ y) & 0x3f);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }
}
