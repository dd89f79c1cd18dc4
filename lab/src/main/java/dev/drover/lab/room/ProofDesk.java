package dev.drover.lab.room;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.ProofFolder;
import dev.drover.lab.rounds.Rounds;
import dev.drover.stores.process.ChildProcess;

/**
 * Starts proofs, and follows whichever runs on this lab's data, started here or in a terminal, by the lines it writes. A proof is a program of
 * its own: what it judges must not be able to stop it.
 */
final class ProofDesk {
    static final int REPORTS_MAX = 50;
    static final Duration DURATION_MAX = Duration.ofMinutes(60);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,80}");
    private static final Duration LOOK = Duration.ofMillis(500);
    /** A proof that runs writes every half second. */
    private static final Duration WRITES_WITHIN = Duration.ofSeconds(5);

    /** It still audits and reports. */
    private static final Duration STOP_WITHIN = Duration.ofMinutes(10);

    private static final int READ_BYTES_MAX = 1 << 20;

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path data;
    private final Consumer<JsonObject> faults;
    private final Clock clock;
    private final ReentrantLock starting = new ReentrantLock();
    private volatile ChildProcess process;
    private volatile JsonObject view = new JsonObject();
    private Rounds following;
    private Path followed;
    private long read;

    /**
     * @param command what starts a proof, without its options
     * @param environment what it is told beside that
     * @param faults  told of each fault, from a thread of its own
     */
    ProofDesk(
            List<String> command,
            Map<String, String> environment,
            Path data,
            Consumer<JsonObject> faults,
            Clock clock) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.data = data;
        this.faults = faults;
        this.clock = clock;
    }

    void start() {
        following = Rounds.start("proofs", () -> {
            readOn();
            return LOOK;
        });
    }

    /** {@code started}, the last {@code tick}, {@code finished}, as far as there are any; {@code running}. */
    JsonObject view() {
        ChildProcess own = process;
        boolean alive = own != null && own.isAlive();
        JsonObject now = view.copy().put("startedHere", alive);
        if (own != null && !alive && !now.containsKey("finished")) {
            now.put("lastWords", String.join("\n", own.lastLines(3)));
        }
        return now.put("running", alive || isFresh(now));
    }

    /**
     * @param faultLabels all that are possible when nothing is said
     * @return false while one runs
     */
    boolean begin(Duration duration, Optional<Set<String>> faultLabels, Optional<Long> seed) throws IOException {
        starting.lock();
        try {
            if (view().getBoolean("running")) {
                return false;
            }
            List<String> line = new ArrayList<>(command);
            line.addAll(List.of("--duration", duration.toSeconds() + "s"));
            faultLabels.ifPresent(
                    labels -> line.addAll(List.of("--faults", labels.isEmpty() ? "none" : String.join(",", labels))));
            seed.ifPresent(given -> line.addAll(List.of("--seed", Long.toString(given))));
            view = new JsonObject();
            process = ChildProcess.start(line, environment, data.resolve("logs").resolve("prove.log"));
            return true;
        } finally {
            starting.unlock();
        }
    }

    /** It still reports. @return false when none was started here */
    boolean end() {
        ChildProcess own = process;
        if (own == null || !own.isAlive()) {
            return false;
        }
        Thread.ofVirtual().start(() -> own.stop(STOP_WITHIN));
        return true;
    }

    /**
     * Newest first.
     *
     * @param href makes of a path what a browser may follow
     */
    JsonArray reports(UnaryOperator<String> href) throws IOException {
        JsonArray reports = new JsonArray();
        for (ProofFolder folder :
                ProofFolder.all(data).stream().limit(REPORTS_MAX).toList()) {
            JsonObject report = new JsonObject()
                    .put("id", folder.id())
                    .put("page", Files.exists(folder.page()))
                    .put("href", href.apply("/lab/proofs/" + folder.id() + "/report"));
            verdict(folder).ifPresent(verdict -> report.put("holds", verdict.getBoolean("holds"))
                    .put("interrupted", verdict.getBoolean("interrupted"))
                    .put("counters", verdict.getJsonObject("counters")));
            reports.add(report);
        }
        return reports;
    }

    /** The page of a report. */
    Optional<Path> page(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        return Optional.of(ProofFolder.of(data, id).page()).filter(Files::isRegularFile);
    }

    void close() {
        if (following != null) {
            following.close();
        }
        end();
    }

    private static Optional<JsonObject> verdict(ProofFolder folder) {
        try {
            return Optional.of(new JsonObject(Files.readString(folder.verdict())));
        } catch (IOException | DecodeException e) {
            return Optional.empty();
        }
    }

    /** One that was begun elsewhere and still writes. */
    private boolean isFresh(JsonObject now) {
        return now.containsKey("started")
                && !now.containsKey("finished")
                && now.getLong("seenAt", 0L) > clock.millis() - WRITES_WITHIN.toMillis();
    }

    private void readOn() {
        try {
            Optional<Path> newest = ProofFolder.all(data).stream()
                    .map(ProofFolder::events)
                    .filter(Files::isRegularFile)
                    .findFirst();
            if (newest.isEmpty()) {
                return;
            }
            if (!newest.get().equals(followed)) {
                followed = newest.get();
                read = 0;
                view = new JsonObject();
            }
            // What ended before the lab began is history, not news.
            boolean old = Files.getLastModifiedTime(followed).toMillis() < clock.millis() - WRITES_WITHIN.toMillis();
            for (String line : newLines()) {
                take(new JsonObject(line), old);
            }
        } catch (IOException | DecodeException e) {
            // It is being written; the next look has more.
        }
    }

    private List<String> newLines() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(followed.toFile(), "r")) {
            int length = (int) Math.min(READ_BYTES_MAX, file.length() - read);
            byte[] bytes = new byte[Math.max(0, length)];
            file.seek(read);
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            read += whole.getBytes(StandardCharsets.UTF_8).length;
            return whole.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    private void take(JsonObject event, boolean old) {
        JsonObject next = view.copy();
        switch (event.getString("event", "")) {
            case "started" -> next.put("started", event);
            case "tick" -> next.put("tick", event);
            case "finished" -> next.put("finished", event);
            case "fault" -> {
                if (!old) {
                    faults.accept(event);
                }
            }
            default -> {
                // A newer proof may say more.
            }
        }
        view = next.put("seenAt", old ? 0L : clock.millis());
    }
}
