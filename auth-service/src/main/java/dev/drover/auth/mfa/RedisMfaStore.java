package dev.drover.auth.mfa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.mail.MailKeys;
import dev.drover.auth.mail.OutgoingMail;
import dev.drover.platform.idempotency.IdempotencyConfig;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/** One hash for each account that has a second factor or is about to. */
@Singleton
final class RedisMfaStore implements MfaStore {

    private static final String RECOVERY = "recovery:";

    private final RedisScript enrolTotp = RedisScript.load("enrol_totp");
    private final RedisScript confirmTotp = RedisScript.load("confirm_totp");
    private final RedisScript forgetTotp = RedisScript.load("forget_totp");
    private final RedisScript renewRecoveryCodes = RedisScript.load("renew_recovery_codes");
    private final RedisScript useSecondFactor = RedisScript.load("use_second_factor");
    private final RedisCalls redis;
    private final MfaPolicy policy;
    private final Duration retention;

    @Inject
    RedisMfaStore(RedisCalls redis, MfaConfig config, IdempotencyConfig idempotency) {
        this(redis, MfaPolicy.of(config), idempotency.retention());
    }

    /** @param retention how long a confirmation is known by its request */
    RedisMfaStore(RedisCalls redis, MfaPolicy policy, Duration retention) {
        this.redis = redis;
        this.policy = policy;
        this.retention = retention;
    }

    @Override
    public Optional<Enrolment> find(String account) {
        Response fields = redis.send(Command.HGETALL, MfaKeys.mfa(account));
        if (fields.get("secret") == null) {
            return Optional.empty();
        }
        int codes = (int) fields.getKeys().stream()
                .filter(name -> name.startsWith(RECOVERY))
                .count();
        return Optional.of(new Enrolment(
                "active".equals(fields.get("state").toString()),
                fields.get("secret").toString(),
                codes));
    }

    @Override
    public boolean enrol(String account, String sealedSecret) {
        Response outcome = redis.run(
                enrolTotp, List.of(MfaKeys.mfa(account)), List.of(sealedSecret, millis(policy.confirmWithin())));
        return switch (outcome.get(0).toString()) {
            case "enrolled" -> true;
            case "active" -> false;
            default -> throw new IllegalStateException("enrol_totp answered " + outcome);
        };
    }

    @Override
    public Confirmation confirm(
            String account,
            String sealedSecret,
            long step,
            List<String> recoveryHashes,
            Optional<String> use,
            OwedEntry entry) {
        List<String> args =
                new ArrayList<>(List.of(sealedSecret, Long.toString(step), use.orElse(""), millis(retention)));
        args.addAll(entry.args());
        args.addAll(recoveryHashes);
        Response outcome = redis.run(confirmTotp, keys(account), args);
        return switch (outcome.get(0).toString()) {
            case "confirmed" -> Confirmation.CONFIRMED;
            case "active" -> Confirmation.ACTIVE;
            case "absent" -> Confirmation.ABSENT;
            default -> throw new IllegalStateException("confirm_totp answered " + outcome);
        };
    }

    @Override
    public boolean renew(
            String account, String sealedSecret, List<String> recoveryHashes, OutgoingMail notice, OwedEntry entry) {
        List<String> args = new ArrayList<>(List.of(sealedSecret));
        args.addAll(entry.args());
        args.addAll(notice.args());
        args.addAll(recoveryHashes);
        Response outcome = redis.run(renewRecoveryCodes, keys(account, notice), args);
        return switch (outcome.get(0).toString()) {
            case "renewed" -> true;
            case "absent" -> false;
            default -> throw new IllegalStateException("renew_recovery_codes answered " + outcome);
        };
    }

    @Override
    public boolean forget(String account, OutgoingMail notice, OwedEntry entry) {
        List<String> args = new ArrayList<>(entry.args());
        args.addAll(notice.args());
        Response outcome = redis.run(forgetTotp, keys(account, notice), args);
        return switch (outcome.get(0).toString()) {
            case "forgotten" -> true;
            case "absent" -> false;
            default -> throw new IllegalStateException("forget_totp answered " + outcome);
        };
    }

    @Override
    public Verdict use(String account, Optional<Spendable> proof, Optional<String> use, UseEntries entries) {
        String kind = proof.map(RedisMfaStore::kind).orElse("none");
        String value = proof.map(RedisMfaStore::value).orElse("");
        List<String> args = new ArrayList<>(List.of(
                kind,
                value,
                use.orElse(""),
                Integer.toString(policy.failuresMax()),
                millis(policy.firstPause()),
                millis(policy.longestPause())));
        args.addAll(entries.recovery().args());
        args.addAll(entries.failure().args());
        Response outcome = redis.run(useSecondFactor, keys(account), args);
        return switch (outcome.get(0).toString()) {
            case "accepted" -> new Verdict.Accepted();
            case "wrong" -> new Verdict.Wrong();
            case "paused" -> new Verdict.Paused(Duration.ofMillis(outcome.get(1).toLong()));
            case "absent" -> new Verdict.Absent();
            default -> throw new IllegalStateException("use_second_factor answered " + outcome);
        };
    }

    private static List<String> keys(String account) {
        return List.of(MfaKeys.mfa(account), AuditKeys.of(account));
    }

    private static List<String> keys(String account, OutgoingMail notice) {
        return List.of(
                MfaKeys.mfa(account),
                AuditKeys.of(account),
                MailKeys.outbox(account),
                notice.key().toString());
    }

    private static String kind(Spendable proof) {
        return switch (proof) {
            case Spendable.Step step -> "step";
            case Spendable.Hash hash -> "recovery";
        };
    }

    private static String value(Spendable proof) {
        return switch (proof) {
            case Spendable.Step step -> Long.toString(step.number());
            case Spendable.Hash hash -> hash.recovery();
        };
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
