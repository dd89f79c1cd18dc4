package dev.drover.auth.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import dev.drover.auth.token.SealedData;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.platform.redis.StoreUnavailableException;

/** Each append is one script, which numbers, chains, appends and trims. */
@Singleton
final class RedisAuditLog implements AuditLog {

    static final String SEAL = "audit";

    private static final Logger LOG = Logger.getLogger(AuditLog.class);
    private static final Duration ONCE = Duration.ofDays(1);

    private final RedisScript appendAudit = RedisScript.load("append_audit");
    private final RedisCalls redis;
    private final SealedData sealed;
    private final CurrentRequest request;
    private final Ids ids;
    private final AuditConfig config;
    private final Counter lost;

    RedisAuditLog(
            RedisCalls redis,
            SealedData sealed,
            CurrentRequest request,
            Ids ids,
            AuditConfig config,
            MeterRegistry meters) {
        this.redis = redis;
        this.sealed = sealed;
        this.request = request;
        this.ids = ids;
        this.config = config;
        this.lost = meters.counter("drover.auth.audit_lost");
    }

    @Override
    public void append(AuditEvent event) {
        append(event, List.of(AuditKeys.LOG, AuditKeys.HEAD));
    }

    @Override
    public void appendOnce(String name, AuditEvent event) {
        append(event, List.of(AuditKeys.LOG, AuditKeys.HEAD, AuditKeys.once(name)));
    }

    private void append(AuditEvent event, List<String> keys) {
        Optional<String> address = request.network();
        String content = AuditContent.of(event, address, ids.random());
        try {
            redis.run(
                    appendAudit,
                    keys,
                    List.of(
                            content,
                            sealed.mark(SEAL, content),
                            Long.toString(config.entriesMax()),
                            Long.toString(config.maxAge().toMillis()),
                            Long.toString(ONCE.toMillis())));
        } catch (StoreUnavailableException e) {
            lost.increment();
            LOG.errorf("audit entry could not be stored: %s", content);
        }
    }
}
