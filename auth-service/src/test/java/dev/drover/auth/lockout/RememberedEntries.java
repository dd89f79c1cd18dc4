package dev.drover.auth.lockout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.StoreUnavailableException;

/** Knows the events it made entries of, and takes to the log what scripts left. */
class RememberedEntries implements AuditLog {

    private final RedisCalls redis;
    private final Ids ids;
    private final List<AuditEvent> entries;
    private final Map<String, AuditEvent> made;

    RememberedEntries(RedisCalls redis, Ids ids) {
        this(redis, ids, Collections.synchronizedList(new ArrayList<>()), new ConcurrentHashMap<>());
    }

    private RememberedEntries(RedisCalls redis, Ids ids, List<AuditEvent> entries, Map<String, AuditEvent> made) {
        this.redis = redis;
        this.ids = ids;
        this.entries = entries;
        this.made = made;
    }

    /** As of an instance that dies before it carries anything, with the same log. */
    AuditLog ofOneThatDies() {
        return new RememberedEntries(redis, ids, entries, made) {
            @Override
            public void carry(String owner) {
                throw new StoreUnavailableException("Redis", null);
            }
        };
    }

    List<AuditEvent> entries() {
        return entries;
    }

    @Override
    public OwedEntry entry(AuditEvent event) {
        String id = ids.random();
        made.put(id, event);
        return new OwedEntry(id, event.kind().word(), "");
    }

    @Override
    public void appendAhead(AuditEvent event) {
        entries.add(event);
    }

    @Override
    public void append(AuditEvent event) {
        entries.add(event);
    }

    @Override
    public void appendOnce(String name, AuditEvent event) {
        entries.add(event);
    }

    @Override
    public void carry(String owner) {
        for (Response left : redis.send(Command.XRANGE, AuditKeys.of(owner), "-", "+")) {
            entries.add(made.get(left.get(1).get(1).toString()));
        }
        redis.send(Command.DEL, AuditKeys.of(owner));
    }
}
