package dev.drover.auth.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.token.SealedData;
import dev.drover.platform.redis.RedisCalls;

/** Reads the stream in batches, each one command. */
@Singleton
final class RedisAuditTrail implements AuditTrail {

    private static final int BATCH = 500;
    private static final int WALKS_MAX = 5;

    private final RedisCalls redis;
    private final SealedData sealed;
    private final AuditConfig config;

    RedisAuditTrail(RedisCalls redis, SealedData sealed, AuditConfig config) {
        this.redis = redis;
        this.sealed = sealed;
        this.config = config;
    }

    @Override
    public Page page(Filter filter, int limit, Optional<Position> after) {
        if (filter.to().map(to -> to.toEpochMilli() == 0).orElse(false)) {
            return new Page(List.of(), Optional.empty());
        }
        String newest = after.map(position -> "(" + position.value()).orElseGet(() -> filter.to()
                .map(to -> Long.toString(to.toEpochMilli() - 1))
                .orElse("+"));
        String oldest =
                filter.from().map(from -> Long.toString(from.toEpochMilli())).orElse("-");
        List<AuditEntry> matching = new ArrayList<>();
        for (int scanned = 0; scanned < config.scanMax(); scanned += BATCH) {
            List<Stored> batch = stored(
                    redis.send(Command.XREVRANGE, AuditKeys.LOG, newest, oldest, "COUNT", Integer.toString(BATCH)));
            for (Stored entry : batch) {
                newest = "(" + entry.id();
                AuditEntry read = entry.read();
                if (filter.matches(read.event())) {
                    matching.add(read);
                }
                if (matching.size() == limit) {
                    return new Page(matching, Optional.of(new Position(entry.id())));
                }
            }
            if (batch.size() < BATCH) {
                return new Page(matching, Optional.empty());
            }
        }
        return new Page(matching, Optional.of(new Position(newest.substring(1))));
    }

    @Override
    public Verification verify() {
        for (int walks = 1; ; walks++) {
            Walk walk = new Walk(head());
            Optional<Verification.Broken> broken = walk.run();
            if (broken.isEmpty()) {
                return walk.intact();
            }
            // Entries may have been trimmed in between: then the anchor has moved past where the walk was, and another
            // one tells more.
            boolean isTrimmed = head().anchorSequence() >= broken.get().sequence();
            if (!isTrimmed || walks == WALKS_MAX) {
                return broken.get();
            }
        }
    }

    private Head head() {
        Response fields = redis.send(Command.HMGET, AuditKeys.HEAD, "seq", "hash", "anchorSeq", "anchorHash");
        return new Head(number(fields.get(0)), text(fields.get(1)), number(fields.get(2)), text(fields.get(3)));
    }

    private static long number(Response field) {
        return field == null ? 0 : field.toLong();
    }

    private static String text(Response field) {
        return field == null ? "" : field.toString();
    }

    private static List<Stored> stored(Response entries) {
        List<Stored> list = new ArrayList<>();
        for (Response entry : entries) {
            Response fields = entry.get(1);
            list.add(new Stored(
                    entry.get(0).toString(),
                    fields.get(1).toString(),
                    fields.get(3).toString(),
                    fields.get(5).toString()));
        }
        return list;
    }

    private record Head(long sequence, String hash, long anchorSequence, String anchorHash) {}

    private record Stored(String id, String content, String seal, String hash) {

        long millis() {
            return Long.parseLong(id.substring(0, id.indexOf('-')));
        }

        long sequence() {
            return Long.parseLong(id.substring(id.indexOf('-') + 1));
        }

        String chainedTo(String before) {
            return AuditHash.of(before, sequence(), millis(), seal, content);
        }

        AuditEntry read() {
            JsonObject json = new JsonObject(content);
            return new AuditEntry(
                    sequence(),
                    Instant.ofEpochMilli(millis()),
                    AuditContent.event(json),
                    AuditContent.text(json, "address"),
                    hash);
        }
    }

    /** From the anchor to the head, one batch at a time. */
    private final class Walk {

        private final Head head;
        private long sequence;
        private String hash;

        Walk(Head head) {
            this.head = head;
            this.sequence = head.anchorSequence();
            this.hash = head.anchorHash();
        }

        Verification.Intact intact() {
            return new Verification.Intact(head.sequence() - head.anchorSequence(), head.sequence(), head.hash());
        }

        Optional<Verification.Broken> run() {
            String from = "-";
            while (true) {
                List<Stored> batch =
                        stored(redis.send(Command.XRANGE, AuditKeys.LOG, from, "+", "COUNT", Integer.toString(BATCH)));
                for (Stored entry : batch) {
                    if (sequence == head.sequence()) {
                        return end();
                    }
                    Optional<Fault> fault = step(entry);
                    if (fault.isPresent()) {
                        return Optional.of(new Verification.Broken(sequence + 1, fault.get()));
                    }
                    from = "(" + entry.id();
                }
                if (batch.size() < BATCH) {
                    return end();
                }
            }
        }

        private Optional<Fault> step(Stored entry) {
            if (entry.sequence() != sequence + 1) {
                return Optional.of(Fault.MISSING);
            }
            if (!entry.chainedTo(hash).equals(entry.hash())) {
                return Optional.of(Fault.CHANGED);
            }
            if (!sealed.isMarkOf(RedisAuditLog.SEAL, entry.content(), entry.seal())) {
                return Optional.of(Fault.FORGED);
            }
            sequence = entry.sequence();
            hash = entry.hash();
            return Optional.empty();
        }

        private Optional<Verification.Broken> end() {
            if (sequence < head.sequence()) {
                return Optional.of(new Verification.Broken(sequence + 1, Fault.MISSING));
            }
            return hash.equals(head.hash())
                    ? Optional.empty()
                    : Optional.of(new Verification.Broken(sequence, Fault.CHANGED));
        }
    }
}
