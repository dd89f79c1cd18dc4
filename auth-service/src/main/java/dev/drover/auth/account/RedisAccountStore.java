package dev.drover.auth.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.errand.Errands;
import dev.drover.auth.mail.AccountMail;
import dev.drover.auth.mail.MailKeys;
import dev.drover.auth.mail.MailToken;
import dev.drover.auth.mail.OutgoingMail;
import dev.drover.auth.password.PasswordHash;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/** Three steps, each atomic and each harmless to repeat: claim the address with the account in it, write the account, empty the claim. */
@Singleton
final class RedisAccountStore implements AccountStore {

    private final RedisScript claimEmail = RedisScript.load("claim_email");
    private final RedisScript createAccount = RedisScript.load("create_account");
    private final RedisScript settleClaim = RedisScript.load("settle_claim");
    private final RedisScript rehashPassword = RedisScript.load("rehash_password");
    private final RedisCalls redis;
    private final Errands errands;
    private final AccountMail mail;
    private final AuditLog audit;
    private final Ids ids;

    RedisAccountStore(RedisCalls redis, Errands errands, AccountMail mail, AuditLog audit, Ids ids) {
        this.redis = redis;
        this.errands = errands;
        this.mail = mail;
        this.audit = audit;
        this.ids = ids;
    }

    @Override
    public Optional<AccountId> holder(EmailAddress email) {
        return claim(email).map(Claim::holder);
    }

    @Override
    public Registration register(Account account) {
        Response outcome = redis.run(
                claimEmail,
                List.of(AccountKeys.claim(account.email())),
                List.of(account.id().value(), AccountFields.toJson(account)));
        return switch (outcome.get(0).toString()) {
            case "claimed" -> {
                settle(account);
                yield new Registration.Registered(account);
            }
            case "held" -> {
                Claim claim = new Claim(
                        new AccountId(outcome.get(1).toString()), outcome.get(2).toString());
                yield claim.holder().equals(account.id())
                        ? new Registration.AlreadyRegistered(settled(claim)
                                .orElseThrow(() -> new IllegalStateException("a held address has no account")))
                        : new Registration.AddressTaken();
            }
            default -> throw new IllegalStateException("claim_email answered " + outcome);
        };
    }

    @Override
    public Optional<Account> findByEmail(EmailAddress email) {
        Optional<Claim> claim = claim(email);
        if (claim.isEmpty()) {
            // The look-up an existing account would cost; nobody has this id.
            find(new AccountId(AccountId.PREFIX + Ids.derive("nobody", email.value())));
            return Optional.empty();
        }
        return settled(claim.get());
    }

    @Override
    public Optional<Account> find(AccountId id) {
        String[] args = Stream.concat(Stream.of(AccountKeys.account(id)), AccountFields.NAMES.stream())
                .toArray(String[]::new);
        Response values = redis.send(Command.HMGET, args);
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < AccountFields.NAMES.size(); i++) {
            if (values.get(i) != null) {
                fields.put(AccountFields.NAMES.get(i), values.get(i).toString());
            }
        }
        return fields.containsKey("passwordHash") ? Optional.of(AccountFields.toAccount(id, fields)) : Optional.empty();
    }

    @Override
    public Uni<Optional<AccountFace>> face(AccountId id) {
        return redis.sendAsync(
                        Command.HMGET, AccountKeys.account(id), "passwordHash", "email", "displayName", "emailVerified")
                .map(fields -> face(id, fields));
    }

    /** One without a password is not there, or not any more. */
    private static Optional<AccountFace> face(AccountId id, Response fields) {
        if (fields.get(0) == null) {
            return Optional.empty();
        }
        return Optional.of(new AccountFace(
                id,
                fields.get(1).toString(),
                Optional.ofNullable(fields.get(2)).map(Response::toString),
                fields.get(3) != null && Boolean.parseBoolean(fields.get(3).toString())));
    }

    @Override
    public void rehash(AccountId id, PasswordHash from, PasswordHash to) {
        redis.run(rehashPassword, List.of(AccountKeys.account(id)), List.of(from.toPhc(), to.toPhc()));
    }

    /** The account behind a claim, put in its place first if whoever signed up did not come to that. */
    private Optional<Account> settled(Claim claim) {
        if (!claim.pending().isEmpty()) {
            settle(AccountFields.fromJson(claim.holder(), claim.pending()));
        }
        return find(claim.holder());
    }

    private void settle(Account account) {
        errands.during(account.id().value(), () -> create(account));
        redis.run(
                settleClaim,
                List.of(AccountKeys.claim(account.email())),
                List.of(account.id().value()));
    }

    /** Whoever does it gives out a token of their own; the script takes one and no mail of another is ever sent. */
    private Response create(Account account) {
        String sub = account.id().value();
        MailToken token = MailToken.random(MailToken.Kind.VERIFICATION, sub);
        OutgoingMail letter = mail.verification(token, account.email().value(), ids.random());
        List<String> args = new ArrayList<>();
        args.add(account.emailVerified() ? "" : token.hash());
        args.add(letter.lifetimeMillis());
        args.addAll(letter.letterArgs());
        args.addAll(letter.jobArgs());
        args.addAll(audit.entry(AuditEvent.of(AuditKind.SIGNUP).about(sub)).args());
        args.addAll(AccountFields.flat(account));
        return redis.run(
                createAccount,
                List.of(
                        AccountKeys.account(account.id()),
                        MailKeys.token(MailToken.Kind.VERIFICATION, sub),
                        MailKeys.outbox(sub),
                        letter.key().toString(),
                        AuditKeys.of(sub)),
                args);
    }

    private Optional<Claim> claim(EmailAddress email) {
        Response fields = redis.send(Command.HMGET, AccountKeys.claim(email), "sub", "pending");
        if (fields.get(0) == null) {
            return Optional.empty();
        }
        String pending = fields.get(1) == null ? "" : fields.get(1).toString();
        return Optional.of(new Claim(new AccountId(fields.get(0).toString()), pending));
    }

    /** @param pending the account as JSON until it is in its place, then empty */
    private record Claim(AccountId holder, String pending) {}
}
