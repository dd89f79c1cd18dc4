package dev.drover.auth.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.stateless.ProcessLocal;

/** Reads the stream in batches, each one command. What is owed is chained first, so that whoever asks sees what has just been done. */
@Singleton
final class RedisAuditTrail implements AuditTrail {

    private static final int BATCH = 500;
    private static final int WALKS_MAX = 5;

    private final RedisCalls redis;
    private final RedisAuditChain chain;
    private final AuditConfig config;

    @ProcessLocal(
            because = "the newest entry this process has seen: it decides nothing, and without it a check knows less")
    private final AtomicReference<Noted> seen = new AtomicReference<>(new Noted(0, ""));

    RedisAuditTrail(RedisCalls redis, RedisAuditChain chain, AuditConfig config) {
        this.redis = redis;
        this.chain = chain;
        this.config = config;
    }

    @Override
    public Page page(Filter filter, int limit, Optional<Position> after) {
        if (filter.to().map(to -> to.toEpochMilli() == 0).orElse(false)) {
            return new Page(List.of(), Optional.empty());
        }
        if (after.isEmpty()) {
            chain.drain();
        }
        String newest = after.map(position -> "(" + position.value()).orElseGet(() -> filter.to()
                .map(to -> Long.toString(to.toEpochMilli() - 1))
                .orElse("+"));
        String oldest =
                filter.from().map(from -> Long.toString(from.toEpochMilli())).orElse("-");
        List<AuditEntry> matching = new ArrayList<>();
        for (int scanned = 0; scanned < config.scanMax(); scanned += BATCH) {
            List<RedisAuditEntry> batch = stored(
                    redis.send(Command.XREVRANGE, AuditKeys.LOG, newest, oldest, "COUNT", Integer.toString(BATCH)));
            for (RedisAuditEntry entry : batch) {
                newest = "(" + entry.id();
                entry.read().filter(read -> filter.matches(read.event())).ifPresent(matching::add);
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
    public Verification verify(Optional<Noted> noted) {
        chain.drain();
        List<Noted> expected = Stream.concat(noted.stream(), Stream.of(seen.get()))
                .filter(known -> known.sequence() > 0)
                .toList();
        for (int walks = 1; ; walks++) {
            Walk walk = new Walk(chain.head(), expected);
            Optional<Verification.Broken> broken = walk.run();
            if (broken.isEmpty()) {
                see(walk.head);
                return walk.intact();
            }
            // Entries may have been trimmed in between: then the anchor has moved past where the walk was, and another
            // one tells more.
            boolean isTrimmed = chain.head().anchorSequence() >= broken.get().sequence();
            if (!isTrimmed || walks == WALKS_MAX) {
                return broken.get();
            }
        }
    }

    private void see(RedisAuditHead head) {
        seen.accumulateAndGet(
                new Noted(head.sequence(), head.hash()),
                (before, now) -> now.sequence() > before.sequence() ? now : before);
    }

    private static List<RedisAuditEntry> stored(Response entries) {
        List<RedisAuditEntry> list = new ArrayList<>();
        for (Response entry : entries) {
            list.add(RedisAuditEntry.chained(entry));
        }
        return list;
    }

    /** From the anchor to the head, one batch at a time. */
    private final class Walk {

        private final RedisAuditHead head;
        private final List<Noted> expected;
        private long sequence;
        private String hash;

        Walk(RedisAuditHead head, List<Noted> expected) {
            this.head = head;
            this.expected = expected;
            this.sequence = head.anchorSequence();
            this.hash = head.anchorHash();
        }

        Verification.Intact intact() {
            return new Verification.Intact(head.sequence() - head.anchorSequence(), head.sequence(), head.hash());
        }

        Optional<Verification.Broken> run() {
            if (!chain.isAnchored(head)) {
                return broken(sequence, Fault.MISSING);
            }
            String from = "-";
            while (true) {
                List<RedisAuditEntry> batch =
                        stored(redis.send(Command.XRANGE, AuditKeys.LOG, from, "+", "COUNT", Integer.toString(BATCH)));
                for (RedisAuditEntry entry : batch) {
                    if (sequence == head.sequence()) {
                        return end();
                    }
                    Optional<Fault> fault = step(entry);
                    if (fault.isPresent()) {
                        return broken(sequence + 1, fault.get());
                    }
                    from = "(" + entry.id();
                }
                if (batch.size() < BATCH) {
                    return end();
                }
            }
        }

        private Optional<Fault> step(RedisAuditEntry entry) {
            if (entry.sequence() != sequence + 1) {
                return Optional.of(Fault.MISSING);
            }
            if (!chain.isLinked(hash, entry) || isOther(entry)) {
                return Optional.of(Fault.CHANGED);
            }
            if (!chain.isSealed(entry)) {
                return Optional.of(Fault.FORGED);
            }
            sequence = entry.sequence();
            hash = entry.hash();
            return Optional.empty();
        }

        private boolean isOther(RedisAuditEntry entry) {
            return expected.stream()
                    .anyMatch(known -> known.sequence() == entry.sequence()
                            && !known.hash().equals(entry.hash()));
        }

        private Optional<Verification.Broken> end() {
            boolean isCut = expected.stream().anyMatch(known -> known.sequence() > sequence);
            if (sequence < head.sequence() || isCut) {
                return broken(sequence + 1, Fault.MISSING);
            }
            return hash.equals(head.hash()) ? Optional.empty() : broken(sequence, Fault.CHANGED);
        }

        private static Optional<Verification.Broken> broken(long sequence, Fault fault) {
            return Optional.of(new Verification.Broken(sequence, fault));
        }
    }
}
