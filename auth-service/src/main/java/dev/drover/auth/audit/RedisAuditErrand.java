package dev.drover.auth.audit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.errand.Errand;
import dev.drover.platform.redis.RedisCalls;

/** Carries the entries that changes left in accounts' slots to the log, each once. */
@Singleton
final class RedisAuditErrand implements Errand {

    private static final int BATCH = 100;

    private final RedisCalls redis;
    private final RedisAuditLog log;

    RedisAuditErrand(RedisCalls redis, RedisAuditLog log) {
        this.redis = redis;
        this.log = log;
    }

    /** So that an admin sees at once what was done. */
    @Override
    public boolean isPrompt() {
        return true;
    }

    /** All are asked at once; most have nothing. */
    @Override
    public Set<String> carryOut(List<String> accounts) {
        List<Uni<Response>> asked = accounts.stream()
                .map(account -> redis.sendAsync(
                        Command.XRANGE, AuditKeys.of(account), "-", "+", "COUNT", Integer.toString(BATCH)))
                .toList();
        List<Response> left = Uni.join().all(asked).andFailFast().await().indefinitely();
        Set<String> unfinished = new HashSet<>();
        for (int i = 0; i < accounts.size(); i++) {
            if (left.get(i).size() > 0) {
                log.carry(accounts.get(i), left.get(i));
            }
            if (left.get(i).size() == BATCH) {
                unfinished.add(accounts.get(i));
            }
        }
        return unfinished;
    }
}
