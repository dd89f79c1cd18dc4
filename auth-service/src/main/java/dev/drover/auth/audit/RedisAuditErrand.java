package dev.drover.auth.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.errand.Errand;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/** Carries the entries that changes left in accounts' slots to the log, each once. */
@Singleton
final class RedisAuditErrand implements Errand {

    private static final int BATCH = 100;

    private final RedisScript dropAudit = RedisScript.load("drop_audit");
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
                carry(accounts.get(i), left.get(i));
            }
            if (left.get(i).size() == BATCH) {
                unfinished.add(accounts.get(i));
            }
        }
        return unfinished;
    }

    private void carry(String account, Response entries) {
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
        log.oweOnce(byName);
        redis.run(dropAudit, List.of(AuditKeys.of(account)), carried);
    }
}
