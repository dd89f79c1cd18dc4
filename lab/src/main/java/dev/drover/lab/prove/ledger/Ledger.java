package dev.drover.lab.prove.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.ledger.Entry.Certainty;
import dev.drover.lab.prove.ledger.Entry.Kind;

/**
 * What was acknowledged, in the order of the acknowledgements: a file, so that a proof of any length needs the same memory. It has the tokens
 * of the users it was about, and so is its owner's alone to read. An entry has left this process before the user takes the next step.
 */
public final class Ledger implements AutoCloseable {
    private final Path file;
    private final Writer out;
    private final LongSupplier millis;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private long sequence;

    private Ledger(Path file, Writer out, LongSupplier millis) {
        this.file = file;
        this.out = out;
        this.millis = millis;
    }

    /** @param millis since the proof began */
    public static Ledger open(Path file, LongSupplier millis) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new Ledger(file, Files.newBufferedWriter(file, StandardOpenOption.APPEND), millis);
    }

    /** @return its number */
    public long acknowledged(Kind kind, JsonObject what) {
        acknowledged.incrementAndGet();
        return append(kind, Certainty.ACKNOWLEDGED, what);
    }

    public long unknown(Kind kind, JsonObject what) {
        unknown.incrementAndGet();
        return append(kind, Certainty.UNKNOWN, what);
    }

    public long observed(Kind kind, JsonObject what) {
        return append(kind, Certainty.OBSERVED, what);
    }

    public long countAcknowledged() {
        return acknowledged.get();
    }

    public long countUnknown() {
        return unknown.get();
    }

    public long now() {
        return millis.getAsLong();
    }

    /** The entries of these kinds, in order, one at a time. */
    public void read(Set<Kind> kinds, Consumer<Entry> each) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Entry entry = Entry.of(new JsonObject(line));
                if (kinds.contains(entry.kind())) {
                    each.accept(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void read(Kind kind, Consumer<Entry> each) {
        read(EnumSet.of(kind), each);
    }

    private long append(Kind kind, Certainty certainty, JsonObject what) {
        lock.lock();
        try {
            Entry entry = new Entry(++sequence, millis.getAsLong(), kind, certainty, what);
            out.write(entry.toJson().encode());
            out.write('\n');
            out.flush();
            return entry.sequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
