package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** {@code ./drover prove} as a program, and what it says. */
final class Proving {
    static final String WRITES_ARE_READ =
            "an acknowledged profile write is read back, in order, and none is overwritten unseen";
    static final Duration ENDED_WITHIN = Duration.ofSeconds(150);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final String ADMIN = "admin@drover.test";

    private Proving() {}

    /** A run of some length. */
    interface Run {
        Verdict lasting(Duration duration) throws Exception;
    }

    /** @param folder where it has reported */
    record Verdict(int exitCode, JsonNode json, Path folder, String output) {
        List<String> notHolding() {
            return lines(false);
        }

        List<String> holding() {
            return lines(true);
        }

        private List<String> lines(boolean holds) {
            List<String> found = new ArrayList<>();
            for (JsonNode line : json.path("lines")) {
                boolean well = line.path("lost").asLong()
                                + line.path("duplicated").asLong()
                                + line.path("late").asLong()
                        == 0;
                if (well == holds) {
                    found.add(line.path("invariant").asText());
                }
            }
            return found;
        }

        @Override
        public String toString() {
            return exitCode + "\n" + output;
        }
    }

    /** Of the suite behind a proxy that breaks its promises. */
    static Verdict foundThrough(FaultyProxy.Fault fault, Suite suite, Path folder, String work, String... invariants)
            throws Exception {
        String password =
                Files.readString(suite.data().resolve("keys/admin.password")).strip();
        try (FaultyProxy proxy = new FaultyProxy(suite.gateway(), fault)) {
            return found(List.of(invariants), duration -> {
                Path data = Files.createTempDirectory(folder, "proof-");
                return ended(
                        LabProcess.launch(
                                data,
                                Map.of("DROVER_ADMIN_EMAIL", ADMIN, "DROVER_ADMIN_PASSWORD", password),
                                "prove",
                                "--url=" + proxy.url(),
                                "--duration=" + duration.toSeconds() + "s",
                                "--users=4",
                                "--rate=40",
                                "--seed=7",
                                "--settle=6s",
                                "--work=" + work),
                        data);
            });
        }
    }

    /** On a machine that is busy with something else a few seconds may leave too little to be found, so then it gets more of them. */
    static Verdict found(List<String> invariants, Run run) throws Exception {
        Verdict verdict = run.lasting(SHORT);
        for (int longer = 3; longer <= 9 && !verdict.notHolding().containsAll(invariants); longer *= 3) {
            verdict = run.lasting(SHORT.multipliedBy(longer));
        }
        assertThat(verdict.notHolding()).as("%s", verdict).containsAll(invariants);
        assertThat(verdict.exitCode()).as("%s", verdict).isEqualTo(1);
        return verdict;
    }

    static Verdict ended(Process proof, Path data) throws IOException, InterruptedException {
        boolean ended = proof.waitFor(ENDED_WITHIN.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            proof.destroyForcibly();
        }
        assertThat(ended).as(LabProcess.output(data)).isTrue();
        Path folder = newest(data);
        Path verdict = folder.resolve("verdict.json");
        assertThat(verdict).as(LabProcess.output(data)).isRegularFile();
        return new Verdict(proof.exitValue(), JSON.readTree(verdict.toFile()), folder, LabProcess.output(data));
    }

    /** What the one that runs has said last of how far it is. */
    static JsonNode lastTick(Path data) {
        JsonNode last = JSON.createObjectNode();
        try {
            Path events = newest(data).resolve("events.jsonl");
            for (String line : Files.exists(events) ? Files.readAllLines(events) : List.<String>of()) {
                if (line.contains("\"event\":\"tick\"") && line.endsWith("}")) {
                    last = JSON.readTree(line);
                }
            }
            return last;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the latest proof on some data; that of all when there has been none. */
    static Path newest(Path data) {
        Path proofs = data.resolve("proofs");
        if (!Files.isDirectory(proofs)) {
            return proofs;
        }
        try (Stream<Path> all = Files.list(proofs)) {
            return all.max(Path::compareTo).orElse(proofs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
