package dev.drover.lab.prove.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.drover.lab.prove.ledger.Entry.Kind;

class LedgerTest {
    @TempDir
    Path folder;

    @Test
    void whatWasEnteredIsReadInOrderAndByKind() throws Exception {
        try (Ledger ledger = Ledger.open(folder.resolve("ledger.jsonl"), () -> 42)) {
            ledger.acknowledged(Kind.ACCOUNT, new JsonObject().put("account", "one"));
            ledger.unknown(Kind.JOB_ACCEPTED, new JsonObject());
            ledger.observed(Kind.ACCOUNT, new JsonObject().put("account", "two"));

            List<Entry> read = new ArrayList<>();
            ledger.read(Kind.ACCOUNT, read::add);

            assertThat(read).extracting(Entry::sequence).containsExactly(1L, 3L);
            assertThat(read.getFirst().what().getString("account")).isEqualTo("one");
            assertThat(read.getFirst().atMillis()).isEqualTo(42);
            assertThat(ledger.countAcknowledged()).isEqualTo(1);
            assertThat(ledger.countUnknown()).isEqualTo(1);
        }
    }

    @Test
    void anEntryIsInTheFileWhenItIsMade() throws Exception {
        Path file = folder.resolve("ledger.jsonl");
        try (Ledger ledger = Ledger.open(file, () -> 0)) {
            ledger.acknowledged(Kind.ACCOUNT, new JsonObject());

            assertThat(Files.readAllLines(file)).hasSize(1);
        }
    }

    @Test
    void onlyItsOwnerReadsIt() throws Exception {
        Path file = folder.resolve("ledger.jsonl");
        try (Ledger ledger = Ledger.open(file, () -> 0)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }
}
