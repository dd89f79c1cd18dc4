package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Attacks P-11: of a user who leaves nothing is left in Redis and in the object store but the bare id where the documentation says so. */
class ErasureIT {

    private final Suite suite = Suite.shared();
    private final String mark =
            "mark" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);

    @Test
    void nothingOfAUserIsLeftAfterTheErasure() throws Exception {
        Person person = Person.signUp(suite.anyone());
        Client client = person.client();
        Reply profile = client.with("If-Match", "\"0\"")
                .patch(
                        "/profiles/me",
                        "{\"handle\":\"%s\",\"displayName\":\"%s\",\"bio\":\"%s\",\"preferences\":{\"a\":\"%s\"}}"
                                .formatted(mark, mark, mark, mark));
        assertThat(profile.status()).as("%s", profile.body()).isEqualTo(200);
        assertThat(suite.anyone().get("/profiles/" + person.sub()).text("/bio")).isEqualTo(mark);
        byte[] bytes = mark.getBytes(StandardCharsets.UTF_8);
        Reply upload = Uploads.ask(client, bytes);
        assertThat(Uploads.put(upload, bytes)).isBetween(200, 204);
        assertThat(client.post("/media/uploads/" + upload.text("/id") + "/complete", "")
                        .status())
                .isEqualTo(200);
        Reply job = client.with("Idempotency-Key", mark)
                .post(
                        "/jobs",
                        "{\"queue\":\"elsewhere\",\"type\":\"report.build\",\"payload\":{\"a\":\"%s\"}}"
                                .formatted(mark));
        assertThat(job.status()).as("%s", job.body()).isEqualTo(202);
        assertThat(client.put(
                                "/realtime/channels/room:of-" + person.sub().substring(4, 20) + "/members/"
                                        + person.sub(),
                                "{\"role\":\"owner\"}")
                        .status())
                .isEqualTo(200);
        assertThat(client.post(
                                "/realtime/channels/room:of-" + person.sub().substring(4, 20) + "/messages",
                                "{\"data\":\"" + mark + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(client.with("Idempotency-Key", mark + "-counts")
                        .post(
                                "/jobs",
                                "{\"queue\":\"default\",\"type\":\"demo.count\",\"payload\":{\"counter\":\"%s\"}}"
                                        .formatted(mark))
                        .status())
                .isEqualTo(202);
        Eventually.within(Duration.ofSeconds(30))
                .until(() -> client.get("/jobs/demo/counters/" + mark)
                                .body()
                                .path("effects")
                                .asInt()
                        == 1);
        String link = "/media/" + upload.text("/id") + "/url";
        Eventually.within(Duration.ofSeconds(60)).until(() -> client.get(link).status() == 200);
        assertThat(traces(person)).as("there is something to erase").isNotEmpty();

        Reply begun = client.delete("/profiles/me");
        assertThat(begun.status()).as("%s", begun.body()).isEqualTo(202);
        String location = begun.header("Location").orElseThrow();
        Eventually.within(Duration.ofSeconds(60))
                .until(() -> suite.anyone().get(location).text("/state").equals("done"));

        assertThat(client.get("/profiles/me").status()).isEqualTo(401);
        assertThat(suite.anyone().get("/profiles/" + person.sub()).status()).isEqualTo(404);
        Eventually.within(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(traces(person)).isEmpty());
        assertThat(objects(person)).isEmpty();
        Person another = Person.signUp(suite.anyone());
        assertThat(another.client()
                        .with("If-Match", "\"0\"")
                        .patch("/profiles/me", "{\"handle\":\"" + mark + "\"}")
                        .status())
                .as("the handle is free")
                .isEqualTo(200);
    }

    /** What Redis holds that came from the person: their words and their address; keys are named by hashes of neither. */
    private List<String> traces(Person person) {
        try (RawRedis redis = new RawRedis(suite.redisUrl())) {
            return redis.everything().stream()
                    .filter(entry -> entry.contains(mark) || entry.contains(person.email()))
                    .toList();
        }
    }

    private List<Path> objects(Person person) throws IOException {
        try (Stream<Path> files = Files.walk(suite.data().resolve("objects"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(person.sub()))
                    .toList();
        }
    }
}
