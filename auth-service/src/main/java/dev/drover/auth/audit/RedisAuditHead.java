package dev.drover.auth.audit;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;

/** Where the chain ends and where it begins: the last entry, and the last of those that were trimmed. */
record RedisAuditHead(
        long sequence, String hash, long millis, long anchorSequence, String anchorHash, String anchorMark) {

    static RedisAuditHead read(RedisCalls redis) {
        Response fields = redis.send(
                Command.HMGET, AuditKeys.HEAD, "seq", "hash", "millis", "anchorSeq", "anchorHash", "anchorMark");
        return new RedisAuditHead(
                number(fields.get(0)),
                text(fields.get(1)),
                number(fields.get(2)),
                number(fields.get(3)),
                text(fields.get(4)),
                text(fields.get(5)));
    }

    private static long number(Response field) {
        return field == null ? 0 : field.toLong();
    }

    private static String text(Response field) {
        return field == null ? "" : field.toString();
    }
}
