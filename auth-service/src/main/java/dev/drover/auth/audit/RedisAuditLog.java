package dev.drover.auth.audit;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
        owe(name, entry(event));
    }

    /** Whatever was owed under this name before is owed once. */
    void owe(String name, OwedEntry entry) {
        redis.run(
                oweAudit,
                List.of(AuditKeys.OWED, AuditKeys.once(name)),
                List.of(entry.content(), entry.seal(), Long.toString(ONCE.toMillis())));
    }
}
