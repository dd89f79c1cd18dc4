package dev.drover.lab.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.testing.Eventually;

class ProofDeskTest {
    @TempDir
    Path data;

    private final List<JsonObject> faults = new CopyOnWriteArrayList<>();
    private ProofDesk desk;

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aProofBegunElsewhereIsFollowedLineByLine() throws Exception {
        desk = desk("exit 0");
        desk.start();
        Path events =
                Files.createDirectories(data.resolve("proofs/2026-seed-7")).resolve("events.jsonl");
        Files.writeString(
                events, "{\"event\":\"started\",\"seed\":7}\n{\"event\":\"tick\",\"acknowledged\":5}\n{\"event\":\"fa");
        patiently().until(() -> desk.view().containsKey("tick"));
        assertThat(desk.view().getBoolean("running")).isTrue();
        assertThat(desk.view().getJsonObject("tick").getLong("acknowledged")).isEqualTo(5);
        assertThat(faults).isEmpty();

        Files.writeString(
                events,
                "ult\",\"kind\":\"kill\",\"target\":\"auth-1-abc\"}\n{\"event\":\"finished\",\"holds\":true}\n",
                StandardOpenOption.APPEND);

        patiently().until(() -> desk.view().containsKey("finished"));
        assertThat(faults).hasSize(1);
        assertThat(desk.view().getBoolean("running")).isFalse();
    }

    @Test
    void oneProofAtATimeAndItIsToldWhatWasAskedFor() throws Exception {
        desk = desk("echo \"$@\"; exec sleep 60");

        assertThat(desk.begin(
                        Duration.ofSeconds(20), Optional.of(new TreeSet<>(Set.of("kill", "drain"))), Optional.of(7L)))
                .isTrue();
        assertThat(desk.begin(Duration.ofSeconds(20), Optional.empty(), Optional.empty()))
                .isFalse();
        patiently().until(() -> words().contains("--duration 20s --faults drain,kill --seed 7"));

        assertThat(desk.end()).isTrue();
        patiently().until(() -> !desk.view().getBoolean("running"));
        assertThat(desk.end()).isFalse();
    }

    @Test
    void whatCouldNotBeginSaysWhy() throws Exception {
        desk = desk("echo the suite is not there; exit 2");

        desk.begin(Duration.ofSeconds(20), Optional.empty(), Optional.empty());

        patiently().until(() -> desk.view().getString("lastWords", "").contains("the suite is not there"));
    }

    @Test
    void reportsAreListedNewestFirstAndNothingElseIsServed() throws Exception {
        desk = desk("exit 0");
        for (String id : List.of("2026-01-01-seed-1", "2026-01-02-seed-2")) {
            Path folder = Files.createDirectories(data.resolve("proofs").resolve(id));
            Files.writeString(folder.resolve("verdict.json"), "{\"holds\":true,\"interrupted\":false,\"counters\":{}}");
            Files.writeString(folder.resolve("report.html"), "<p>held</p>");
        }

        assertThat(desk.reports(path -> path).getJsonObject(0).getString("id")).isEqualTo("2026-01-02-seed-2");
        assertThat(desk.reports(path -> path).getJsonObject(0).getBoolean("holds"))
                .isTrue();
        assertThat(desk.page("2026-01-01-seed-1")).isPresent();
        assertThat(desk.page("..")).isEmpty();
        assertThat(desk.page("nothing")).isEmpty();
    }

    private static Eventually patiently() {
        return Eventually.within(Duration.ofSeconds(30));
    }

    private String words() {
        try {
            return Files.readString(data.resolve("logs/prove.log"));
        } catch (IOException e) {
            return "";
        }
    }

    private ProofDesk desk(String script) throws Exception {
        Files.createDirectories(data.resolve("logs"));
        return new ProofDesk(List.of("sh", "-c", script, "prove"), Map.of(), data, faults::add, Clock.systemUTC());
    }
}
