package dev.drover.auth.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.jboss.logging.Logger;

import dev.drover.auth.token.SealedData;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.platform.redis.StoreUnavailableException;

/** Entries wait in a stream for {@link RedisAuditChain}: many instances write at once, and a chain has one end. */
@Singleton
final class RedisAuditLog implements AuditLog {

    static final String SEAL = "audit";

    private static final Logger LOG = Logger.getLogger(AuditLog.class);
    private static final Duration ONCE = Duration.ofDays(1);

    private final RedisScript oweAudit = RedisScript.load("owe_audit");
    private final RedisScript dropAudit = RedisScript.load("drop_audit");
    private final RedisCalls redis;
    private final SealedData sealed;
    private final CurrentRequest request;
    private final Ids ids;
    private final Counter lost;

    RedisAuditLog(RedisCalls redis, SealedData sealed, CurrentRequest request, Ids ids, MeterRegistry meters) {
        this.redis = redis;
        this.sealed = sealed;
        this.request = request;
        this.ids = ids;
        this.lost = meters.counter("drover.auth.audit_lost");
    }

    @Override
    public OwedEntry entry(AuditEvent event) {
        String id = ids.random();
        String content = AuditContent.of(event, request.network(), id);
        return new OwedEntry(id, content, sealed.mark(SEAL, content));
    }

    @Override
    public void append(AuditEvent event) {
        OwedEntry entry = entry(event);
        try {
            owe(entry);
        } catch (StoreUnavailableException e) {
            lost.increment();
            LOG.errorf("audit entry could not be stored: %s", entry.content());
        }
    }

    @Override
    public void appendAhead(AuditEvent event) {
        owe(entry(event));
    }

    private void owe(OwedEntry entry) {
        redis.send(Command.XADD, AuditKeys.OWED, "*", "content", entry.content(), "seal", entry.seal());
    }

    @Override
    public void appendOnce(String name, AuditEvent event) {
        oweOnce(Map.of(name, entry(event)));
    }

    @Override
    public void carry(String owner) {
        try {
            Response left = redis.send(Command.XRANGE, AuditKeys.of(owner), "-", "+", "COUNT", "100");
            if (left.size() > 0) {
                carry(owner, left);
            }
        } catch (StoreUnavailableException e) {
            LOG.debugf("an audit entry waits for the store: %s", e.getMessage());
        }
    }

    /** @param entries of {@link AuditKeys#of}; each is owed once, however often it is carried */
    void carry(String owner, Response entries) {
        List<String> carried = new ArrayList<>();
        Map<String, OwedEntry> byName = new LinkedHashMap<>();
        for (Response entry : entries) {
            Response fields = entry.get(1);
            OwedEntry owed = new OwedEntry(
                    fields.get(1).toString(),
                    fields.get(3).toString(),
                    fields.get(5).toString());
            byName.put("entry:" + owed.id(), owed);
            carried.add(entry.get(0).toString());
        }
        oweOnce(byName);
        redis.run(dropAudit, List.of(AuditKeys.of(owner)), carried);
    }

    /** Each under its name; whatever was owed under that name before is owed once. */
    void oweOnce(Map<String, OwedEntry> byName) {
        List<String> keys = new ArrayList<>(List.of(AuditKeys.OWED));
        List<String> args = new ArrayList<>(List.of(Long.toString(ONCE.toMillis())));
        byName.forEach((name, entry) -> {
            keys.add(AuditKeys.once(name));
            args.add(entry.content());
            args.add(entry.seal());
        });
        redis.run(oweAudit, keys, args);
    }
}
