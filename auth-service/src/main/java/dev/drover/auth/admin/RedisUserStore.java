package dev.drover.auth.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.AccountKeys;
import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.session.SessionListKeys;
import dev.drover.platform.http.EntityVersion;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/** The directory by plain commands, each change of an account by one script in its slot. */
@Singleton
final class RedisUserStore implements UserStore {

    /** The last character there is: what begins with a prefix comes before the prefix and this. */
    private static final String LAST = "\udbff\udfff";

    private final RedisScript governAccount = RedisScript.load("govern_account");
    private final RedisCalls redis;

    RedisUserStore(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public Page list(String emailPrefix, int limit, Optional<Position> after) {
        String min = after.map(position -> "(" + position.value()).orElse("[" + emailPrefix);
        String max = emailPrefix.isEmpty() ? "+" : "(" + emailPrefix + LAST;
        Response members = redis.send(
                Command.ZRANGE, UserKeys.DIRECTORY, min, max, "BYLEX", "LIMIT", "0", Integer.toString(limit + 1));
        List<AccountId> ids = new ArrayList<>();
        for (int i = 0; i < Math.min(limit, members.size()); i++) {
            String member = members.get(i).toString();
            ids.add(new AccountId(member.substring(member.indexOf(' ') + 1)));
        }
        Optional<Position> next = members.size() > limit
                ? Optional.of(new Position(members.get(limit - 1).toString()))
                : Optional.empty();
        return new Page(ids, next);
    }

    @Override
    public Optional<String> address(AccountId id) {
        Response fields = redis.send(Command.HMGET, AccountKeys.account(id), "email", "passwordHash");
        return fields.get(1) == null
                ? Optional.empty()
                : Optional.of(fields.get(0).toString());
    }

    @Override
    public void enter(String email, AccountId id) {
        redis.send(Command.ZADD, UserKeys.DIRECTORY, "0", email + " " + id.value());
    }

    @Override
    public void remove(String email, AccountId id) {
        redis.send(Command.ZREM, UserKeys.DIRECTORY, email + " " + id.value());
    }

    @Override
    public Change lock(AccountId id, Instant now, OwedEntry entry) {
        return govern(id, "lock", now.toString(), Optional.empty(), entry);
    }

    @Override
    public Change unlock(AccountId id, OwedEntry entry) {
        return govern(id, "unlock", "", Optional.empty(), entry);
    }

    @Override
    public Change setRoles(AccountId id, Set<String> roles, Optional<EntityVersion> expected, OwedEntry entry) {
        return govern(id, "roles", String.join(",", new TreeSet<>(roles)), expected, entry);
    }

    private Change govern(
            AccountId id, String change, String value, Optional<EntityVersion> expected, OwedEntry entry) {
        String version = expected.map(known -> Long.toString(known.number())).orElse("");
        Response outcome = redis.run(
                governAccount,
                List.of(
                        AccountKeys.account(id),
                        SessionListKeys.sessions(id.value()),
                        SessionListKeys.closing(id.value()),
                        AuditKeys.of(id.value())),
                List.of(change, value, entry.id(), entry.content(), entry.seal(), version));
        return switch (outcome.get(0).toString()) {
            case "changed" -> Change.CHANGED;
            case "unchanged" -> Change.UNCHANGED;
            case "absent" -> Change.ABSENT;
            case "moved" -> Change.MOVED;
            default -> throw new IllegalStateException("govern_account answered " + outcome);
        };
    }
}
