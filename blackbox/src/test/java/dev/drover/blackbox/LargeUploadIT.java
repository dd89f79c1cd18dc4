package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import dev.drover.blackbox.Suite.Member;

/** 200 MiB in parts, begun by one instance and ended by another, none of its bytes through a service. */
class LargeUploadIT {

    private static final int PART_BYTES = 16 * 1024 * 1024;
    private static final long SIZE_BYTES = 200L * 1024 * 1024;
    private static final int PARTS = 13;

    /** What requests, metrics and class files may come to meanwhile. A file that went through would be read and written, up and down. */
    private static final long OTHER_BYTES_MAX = SIZE_BYTES;

    private final Suite suite = Suite.shared();

    @Test
    void aLargeFileIsGoneOnWithElsewhereAfterItsInstanceIsKilledAndNoByteOfItGoesThroughAService() throws Exception {
        Person person = Person.signUp(suite.anyone());
        Member first = suite.ready("media").getFirst();
        Member second = suite.other(first);
        long gatewayBefore = bytesMoved(suite.pid());
        long secondBefore = bytesMoved(second.pid());
        String whole = wholeDigest();
        Client begun = person.client().via(first.url());
        String body = """
                {"fileName":"herd.bin","contentType":"application/octet-stream","sizeBytes":%d,"sha256":"%s","purpose":"file"}""".formatted(SIZE_BYTES, whole);
        Client keyed = begun.with("Idempotency-Key", UUID.randomUUID().toString());
        Reply upload = answered(() -> keyed.post("/media/uploads", body), 201);
        assertThat(upload.body().at("/multipart/partCount").asInt()).isEqualTo(PARTS);
        String id = upload.text("/id");
        send(begun, id, IntStream.rangeClosed(1, 6).boxed().toList());
        suite.kill(first);

        Client other = person.client();
        List<Integer> missing = missing(other.via(second.url()), id);
        assertThat(missing).isEqualTo(IntStream.rangeClosed(7, PARTS).boxed().toList());
        send(other, id, missing);
        Eventually.within(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(complete(other, id)).isEqualTo(200));

        Eventually.within(Duration.ofSeconds(90))
                .untilAsserted(() ->
                        assertThat(other.get("/media/" + id).text("/state")).isEqualTo("ready"));
        Reply link = answered(() -> other.get("/media/" + id + "/url"), 200);
        assertThat(downloadedDigest(link.text("/url"))).isEqualTo(whole);
        assertThat(bytesMoved(suite.pid()) - gatewayBefore)
                .as("through the gateway")
                .isLessThan(OTHER_BYTES_MAX);
        assertThat(bytesMoved(second.pid()) - secondBefore)
                .as("through " + second)
                .isLessThan(OTHER_BYTES_MAX);
        answered(() -> other.delete("/media/" + id), 204);
    }

    private static void send(Client client, String id, List<Integer> numbers) {
        for (int number : numbers) {
            byte[] bytes = part(number);
            String body = """
                    {"parts":[{"number":%d,"sha256":"%s"}]}""".formatted(number, digest(bytes));
            Reply signed = answered(() -> client.post("/media/uploads/" + id + "/parts", body), 200);
            JsonNode part = signed.body().at("/parts/0");
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(part.path("url").asText()))
                    .timeout(Duration.ofSeconds(60))
                    .header(
                            "x-amz-checksum-sha256",
                            part.at("/headers/x-amz-checksum-sha256").asText())
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                    .build();
            assertThat(Client.exchange(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** Asked again, as a client does, while the store is too busy to answer in time. */
    private static Reply answered(Supplier<Reply> request, int status) {
        AtomicReference<Reply> last = new AtomicReference<>();
        Eventually.within(Duration.ofSeconds(60)).untilAsserted(() -> {
            last.set(request.get());
            assertThat(last.get().status()).as("%s", last.get().body()).isEqualTo(status);
        });
        return last.get();
    }

    /** 0 when the answer takes longer than a client waits; the store goes on meanwhile. */
    private static int complete(Client client, String id) {
        try {
            return client.post("/media/uploads/" + id + "/complete", "").status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    private static List<Integer> missing(Client client, String id) {
        List<Integer> missing =
                new ArrayList<>(IntStream.rangeClosed(1, PARTS).boxed().toList());
        answered(() -> client.get("/media/uploads/" + id + "/parts"), 200)
                .body()
                .path("parts")
                .forEach(part -> missing.remove((Integer) part.path("number").asInt()));
        return missing;
    }

    /** The same bytes each time, and never two parts of them at once in memory. */
    private static byte[] part(int number) {
        byte[] bytes = new byte[(int) Math.min(PART_BYTES, SIZE_BYTES - (long) (number - 1) * PART_BYTES)];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    private static String wholeDigest() {
        MessageDigest digest = sha256();
        IntStream.rangeClosed(1, PARTS).forEach(number -> digest.update(part(number)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String downloadedDigest(String url) throws IOException {
        HttpResponse<InputStream> file = Client.exchange(
                HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(file.statusCode()).isEqualTo(200);
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream body = file.body()) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /** What a process has read and written since it began, sockets included, as the kernel counts it. */
    private static long bytesMoved(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "io")).stream()
                .filter(line -> line.startsWith("rchar:") || line.startsWith("wchar:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }
}
