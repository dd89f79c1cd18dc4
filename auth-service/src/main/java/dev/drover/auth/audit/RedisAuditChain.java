package dev.drover.auth.audit;

import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.token.SealedData;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/**
 * Writes on from the end of the chain what is owed to the log. The hash of an entry is an HMAC of it and of the hash before, under a key that
 * is not in Redis: so no instance can leave it to a script, and each computes a batch from the end it read, and the script takes it if
 * that still is the end. Where the chain begins after trimming is marked by that key too.
 */
@Singleton
final class RedisAuditChain {

    private static final String LINK = "audit-chain";
    private static final String ANCHOR = "audit-anchor";
    private static final int BATCH = 200;
    private static final int TRIM_MAX = BATCH + 100;
    private static final int BATCHES_MAX = 100;

    private final RedisScript chainAudit = RedisScript.load("chain_audit");
    private final RedisCalls redis;
    private final SealedData sealed;
    private final AuditConfig config;

    RedisAuditChain(RedisCalls redis, SealedData sealed, AuditConfig config) {
        this.redis = redis;
        this.sealed = sealed;
        this.config = config;
    }

    /** Chains all that was owed when it was called, and at most {@value #BATCHES_MAX} batches. */
    void drain() {
        for (int batches = 0; batches < BATCHES_MAX; batches++) {
            List<RedisAuditEntry> owed = owed();
            if (owed.isEmpty() || chain(owed) && owed.size() < BATCH) {
                return;
            }
        }
    }

    RedisAuditHead head() {
        return RedisAuditHead.read(redis);
    }

    /** What the hash of an entry must be, whichever key of {@code data.key} made it. */
    boolean isLinked(String before, RedisAuditEntry entry) {
        return sealed.isMarkOf(LINK, link(before, entry.sequence(), entry.millis(), entry), entry.hash());
    }

    boolean isSealed(RedisAuditEntry entry) {
        return sealed.isMarkOf(RedisAuditLog.SEAL, entry.content(), entry.seal());
    }

    /** Whether the chain begins where this service has trimmed it. */
    boolean isAnchored(RedisAuditHead head) {
        return head.anchorSequence() == 0
                || sealed.isMarkOf(ANCHOR, anchor(head.anchorSequence(), head.anchorHash()), head.anchorMark());
    }

    private List<RedisAuditEntry> owed() {
        List<RedisAuditEntry> owed = new ArrayList<>();
        for (Response entry : redis.send(Command.XRANGE, AuditKeys.OWED, "-", "+", "COUNT", Integer.toString(BATCH))) {
            owed.add(RedisAuditEntry.owed(entry));
        }
        return owed;
    }

    /** False when another instance was faster. */
    private boolean chain(List<RedisAuditEntry> owed) {
        RedisAuditHead head = head();
        List<String> links = new ArrayList<>();
        String hash = head.hash();
        long sequence = head.sequence();
        long millis = head.millis();
        for (RedisAuditEntry entry : owed) {
            sequence++;
            // After a failover the clock may be behind; ids must not be.
            millis = Math.max(millis, entry.millis());
            hash = sealed.mark(LINK, link(hash, sequence, millis, entry));
            links.addAll(List.of(entry.id(), millis + "-" + sequence, entry.content(), entry.seal(), hash));
        }
        List<String> args = new ArrayList<>(List.of(
                Long.toString(head.sequence()), head.hash(), Long.toString(sequence), hash, Long.toString(millis)));
        args.addAll(trimmed(owed.size(), millis));
        args.addAll(links);
        String outcome = redis.run(chainAudit, List.of(AuditKeys.LOG, AuditKeys.HEAD, AuditKeys.OWED), args)
                .get(0)
                .toString();
        return switch (outcome) {
            case "chained" -> true;
            case "moved" -> false;
            default -> throw new IllegalStateException("chain_audit answered " + outcome);
        };
    }

    /** {@code id, sequence, hash, mark} of the last entry to go, empty where none is. */
    private List<String> trimmed(int more, long now) {
        long excess = redis.send(Command.XLEN, AuditKeys.LOG).toLong() + more - config.entriesMax();
        RedisAuditEntry last = null;
        int place = 0;
        for (Response entry :
                redis.send(Command.XRANGE, AuditKeys.LOG, "-", "+", "COUNT", Integer.toString(TRIM_MAX))) {
            RedisAuditEntry oldest = RedisAuditEntry.chained(entry);
            if (place++ >= excess && oldest.millis() >= now - config.maxAge().toMillis()) {
                break;
            }
            last = oldest;
        }
        return last == null
                ? List.of("", "", "", "")
                : List.of(
                        last.id(),
                        Long.toString(last.sequence()),
                        last.hash(),
                        sealed.mark(ANCHOR, anchor(last.sequence(), last.hash())));
    }

    private static String link(String before, long sequence, long millis, RedisAuditEntry entry) {
        return String.join("\n", before, Long.toString(sequence), Long.toString(millis), entry.seal(), entry.content());
    }

    private static String anchor(long sequence, String hash) {
        return sequence + "\n" + hash;
    }
}
