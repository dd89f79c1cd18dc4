package dev.drover.auth.erasure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.AccountKeys;
import dev.drover.auth.account.EmailAddress;
import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.device.DeviceKeys;
import dev.drover.auth.mail.MailKeys;
import dev.drover.auth.mail.MailToken;
import dev.drover.auth.mfa.MfaKeys;
import dev.drover.auth.session.SessionListKeys;
import dev.drover.platform.identity.SessionKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/** One script in the slot of the account, one in that of its address. */
@Singleton
final class RedisErasureStore implements ErasureStore {

    private final RedisScript eraseAccount = RedisScript.load("erase_account");
    private final RedisScript releaseClaim = RedisScript.load("release_claim");
    private final RedisCalls redis;

    RedisErasureStore(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public Optional<Instant> openedAt(String session) {
        Response createdAt = redis.send(Command.HGET, SessionKeys.session(session), "createdAt");
        return createdAt == null ? Optional.empty() : Optional.of(Instant.parse(createdAt.toString()));
    }

    @Override
    public boolean erase(AccountId id, Instant now, Duration markKept, OwedEntry entry) {
        String sub = id.value();
        Response outcome = redis.run(
                eraseAccount,
                List.of(
                        AccountKeys.account(id),
                        SessionListKeys.sessions(sub),
                        SessionListKeys.closing(sub),
                        MfaKeys.mfa(sub),
                        MailKeys.token(MailToken.Kind.VERIFICATION, sub),
                        MailKeys.token(MailToken.Kind.RESET, sub),
                        MailKeys.outbox(sub),
                        AuditKeys.of(sub),
                        DeviceKeys.devices(sub)),
                List.of(now.toString(), Long.toString(markKept.toMillis()), entry.id(), entry.content(), entry.seal()));
        return switch (outcome.get(0).toString()) {
            case "erased" -> true;
            case "absent" -> false;
            default -> throw new IllegalStateException("erase_account answered " + outcome);
        };
    }

    @Override
    public boolean isRequested(AccountId id) {
        return redis.send(Command.EXISTS, "drover:{" + id + "}:erasure").toInteger() == 1;
    }

    @Override
    public Optional<EmailAddress> addressToFree(AccountId id) {
        Response fields = redis.send(Command.HMGET, AccountKeys.account(id), "erasedAt", "email");
        return fields.get(0) == null || fields.get(1) == null
                ? Optional.empty()
                : Optional.of(new EmailAddress(fields.get(1).toString()));
    }

    @Override
    public void free(EmailAddress email, AccountId id) {
        redis.run(releaseClaim, List.of(AccountKeys.claim(email)), List.of(id.value()));
    }

    @Override
    public void freed(AccountId id) {
        redis.send(Command.HDEL, AccountKeys.account(id), "email");
    }
}
