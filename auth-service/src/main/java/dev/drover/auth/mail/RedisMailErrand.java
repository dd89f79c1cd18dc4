package dev.drover.auth.mail;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.vertx.redis.client.Command;

import dev.drover.auth.errand.Errand;
import dev.drover.platform.outbox.OutboxRelay;
import dev.drover.platform.outbox.OutboxRelay.Sweep;
import dev.drover.platform.redis.RedisCalls;

/** Carries the jobs in accounts' outboxes to their queue. */
@Singleton
final class RedisMailErrand implements Errand {

    private final OutboxRelay relay;
    private final RedisCalls redis;

    RedisMailErrand(OutboxRelay relay, RedisCalls redis) {
        this.relay = relay;
        this.redis = redis;
    }

    @Override
    public Set<String> carryOut(List<String> accounts) {
        Sweep sweep = relay.sweep(accounts.stream().map(MailKeys::outbox).toList());
        if (sweep.left() + sweep.unreachable() == 0) {
            return Set.of();
        }
        return accounts.stream().filter(this::hasSomething).collect(Collectors.toSet());
    }

    private boolean hasSomething(String account) {
        return redis.send(Command.XLEN, MailKeys.outbox(account)).toInteger() > 0;
    }
}
