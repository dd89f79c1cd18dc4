package dev.drover.auth.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.Dependent;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.audit.AuditTrail.Filter;
import dev.drover.auth.audit.AuditTrail.Verification;
import dev.drover.auth.token.SealedData;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;

/** The audit log, all of a test's own while it runs, and what somebody could do to it who writes to Redis. */
@Dependent
@Unremovable
class TriedAuditLog implements AutoCloseable {

    static final String ADA = "usr_" + "0".repeat(26);
    static final String BOB = "usr_" + "1".repeat(26);
    private static final Filter ALL =
            new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final List<String> KEYS = List.of(AuditKeys.LOG, AuditKeys.HEAD, AuditKeys.OWED);

    private final RedisCalls redis;
    private final SealedData sealed;
    private final CurrentRequest request;
    private final Ids ids;
    private final MeterRegistry meters;

    private AuditLog log;
    private AuditTrail trail;
    private RedisAuditChain chain;

    TriedAuditLog(RedisCalls redis, SealedData sealed, CurrentRequest request, Ids ids, MeterRegistry meters) {
        this.redis = redis;
        this.sealed = sealed;
        this.request = request;
        this.ids = ids;
        this.meters = meters;
    }

    /** What other tests wrote is put aside: the service remembers how far the log had come. */
    @PostConstruct
    void begin() {
        KEYS.forEach(key -> rename(key, key + ":aside"));
        open();
    }

    /** It is put back. */
    @Override
    public void close() {
        clear();
        KEYS.forEach(key -> rename(key + ":aside", key));
    }

    private void rename(String from, String to) {
        if (redis.send(Command.EXISTS, from).toInteger() == 1) {
            redis.send(Command.RENAME, from, to);
        }
    }

    void clear() {
        KEYS.forEach(key -> redis.send(Command.DEL, key));
    }

    /** As an instance that has seen nothing of it yet. */
    void open() {
        open(1_000, Duration.ofDays(1), 1_000);
    }

    void open(long entriesMax, Duration maxAge, int scanMax) {
        AuditConfig config = new Limits(entriesMax, maxAge, scanMax);
        log = new RedisAuditLog(redis, sealed, request, ids, meters);
        chain = new RedisAuditChain(redis, sealed, config);
        trail = new RedisAuditTrail(redis, chain, config);
    }

    AuditLog log() {
        return log;
    }

    AuditTrail trail() {
        return trail;
    }

    RedisAuditChain chain() {
        return chain;
    }

    /** Of another instance. */
    RedisAuditChain anotherChain() {
        return new RedisAuditChain(redis, sealed, new Limits(1_000, Duration.ofDays(1), 1_000));
    }

    Verification verify() {
        return trail.verify(Optional.empty());
    }

    void append(int times) {
        for (int i = 0; i < times; i++) {
            log.append(AuditEvent.of(AuditKind.LOGIN).about(ADA));
        }
        chain.drain();
    }

    Response entry(int place) {
        return redis.send(Command.XRANGE, AuditKeys.LOG, "-", "+").get(place);
    }

    static String field(Response entry, int place) {
        return entry.get(1).get(place).toString();
    }

    List<AuditEntry> newest() {
        return trail.page(ALL, 10, Optional.empty()).entries();
    }

    void takeOut(int place) {
        redis.send(Command.XDEL, AuditKeys.LOG, entry(place).get(0).toString());
    }

    /** Written again, since a stream takes no id below one it has had. */
    void keepFirst(int kept) {
        Response all = redis.send(Command.XRANGE, AuditKeys.LOG, "-", "+");
        redis.send(Command.DEL, AuditKeys.LOG);
        for (int i = 0; i < kept; i++) {
            Response old = all.get(i);
            add(old.get(0).toString(), field(old, 1), field(old, 3), field(old, 5));
        }
    }

    /** A stream's entry cannot be changed in place: all from there on are taken out and written again. */
    void replaceFrom(int place, String content, String seal, String hash) {
        Response all = redis.send(Command.XRANGE, AuditKeys.LOG, "-", "+");
        redis.send(Command.DEL, AuditKeys.LOG);
        for (int i = 0; i < all.size(); i++) {
            Response old = all.get(i);
            if (i == place) {
                add(old.get(0).toString(), content, seal, hash);
            } else {
                add(old.get(0).toString(), field(old, 1), field(old, 3), field(old, 5));
            }
        }
    }

    void add(String id, String content, String seal, String hash) {
        redis.send(Command.XADD, AuditKeys.LOG, id, "content", content, "seal", seal, "hash", hash);
    }

    private record Limits(long entriesMax, Duration maxAge, int scanMax) implements AuditConfig {

        @Override
        public String every() {
            return "off";
        }
    }
}
