package dev.drover.profile.profiles;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.profile.AccountId;

/**
 * Reads the hash auth-service keeps of an account: {@code email} (always there), {@code displayName}, {@code createdAt}. One that is being
 * erased has {@code erasedAt} and, for a while, still the address.
 */
@Singleton
final class RedisAccountDirectory implements AccountDirectory {

    private final RedisCalls redis;

    RedisAccountDirectory(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public Optional<AccountFacts> find(AccountId id) {
        return facts(redis.send(Command.HMGET, query(id)));
    }

    @Override
    public Uni<Optional<AccountFacts>> findAsync(AccountId id) {
        return redis.sendAsync(Command.HMGET, query(id)).map(RedisAccountDirectory::facts);
    }

    private static String[] query(AccountId id) {
        return new String[] {ProfileKeys.account(id), "email", "displayName", "createdAt", "erasedAt"};
    }

    private static Optional<AccountFacts> facts(Response fields) {
        if (fields.get(0) == null || fields.get(3) != null) {
            return Optional.empty();
        }
        return Optional.of(new AccountFacts(displayName(fields.get(1)), instant(fields.get(2))));
    }

    /** Another service's rules let it in; a profile begins with it only if a profile could be given it. */
    private static String displayName(Response field) {
        return field == null
                ? ""
                : TextRule.DISPLAY_NAME.normalise(field.toString()).orElse("");
    }

    private static Instant instant(Response field) {
        try {
            return field == null ? Instant.EPOCH : Instant.parse(field.toString());
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
