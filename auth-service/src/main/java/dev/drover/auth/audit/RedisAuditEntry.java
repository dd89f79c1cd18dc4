package dev.drover.auth.audit;

import java.time.Instant;
import java.util.Optional;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Response;

/**
 * An entry as it is in Redis, owed or chained.
 *
 * @param id   {@code <milliseconds>-<sequence>} once it is chained
 * @param hash empty until then
 */
record RedisAuditEntry(String id, String content, String seal, String hash) {

    static RedisAuditEntry owed(Response entry) {
        Response fields = entry.get(1);
        return new RedisAuditEntry(
                entry.get(0).toString(), fields.get(1).toString(), fields.get(3).toString(), "");
    }

    static RedisAuditEntry chained(Response entry) {
        Response fields = entry.get(1);
        return new RedisAuditEntry(
                entry.get(0).toString(),
                fields.get(1).toString(),
                fields.get(3).toString(),
                fields.get(5).toString());
    }

    long millis() {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }

    long sequence() {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }

    /** Empty for what this service never wrote: pages leave it out, and the verification names it. */
    Optional<AuditEntry> read() {
        try {
            JsonObject json = new JsonObject(content);
            return Optional.of(new AuditEntry(
                    sequence(),
                    Instant.ofEpochMilli(millis()),
                    AuditContent.event(json),
                    AuditContent.text(json, "address"),
                    hash));
        } catch (DecodeException | IllegalStateException | ClassCastException | IllegalArgumentException madeUp) {
            return Optional.empty();
        }
    }
}
