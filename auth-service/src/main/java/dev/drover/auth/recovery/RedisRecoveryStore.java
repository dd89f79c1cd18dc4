package dev.drover.auth.recovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.AccountKeys;
import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.OwedEntry;
import dev.drover.auth.mail.MailKeys;
import dev.drover.auth.mail.MailToken;
import dev.drover.auth.mail.MailToken.Kind;
import dev.drover.auth.mail.OutgoingMail;
import dev.drover.auth.password.PasswordHash;
import dev.drover.auth.session.SessionListKeys;
import dev.drover.platform.idempotency.IdempotencyConfig;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisRecoveryStore implements RecoveryStore {

    private final RedisScript issueMailToken = RedisScript.load("issue_mail_token");
    private final RedisScript verifyEmail = RedisScript.load("verify_email");
    private final RedisScript resetPassword = RedisScript.load("reset_password");
    private final RedisScript changePassword = RedisScript.load("change_password");
    private final RedisCalls redis;
    private final Duration retention;

    RedisRecoveryStore(RedisCalls redis, IdempotencyConfig config) {
        this.redis = redis;
        this.retention = config.retention();
    }

    @Override
    public Issue issue(MailToken token, OutgoingMail letter, Duration pause, Request request) {
        String account = token.account();
        List<String> args = new ArrayList<>(List.of(
                token.kind() == Kind.VERIFICATION ? "verification" : "reset",
                token.hash(),
                letter.lifetimeMillis(),
                Long.toString(pause.toMillis())));
        args.addAll(letter.letterArgs());
        args.addAll(letter.jobArgs());
        args.add(markMillis(request));
        List<String> keys = List.of(
                account(account),
                MailKeys.token(token.kind(), account),
                MailKeys.outbox(account),
                letter.key().toString(),
                mark(account, request));
        return switch (first(redis.run(issueMailToken, keys, args))) {
            case "issued" -> Issue.ISSUED;
            case "known", "recent" -> Issue.RECENT;
            case "verified" -> Issue.VERIFIED;
            case "absent" -> Issue.ABSENT;
            case String other -> throw new IllegalStateException("issue_mail_token answered " + other);
        };
    }

    @Override
    public boolean verify(MailToken token, OwedEntry entry, Request request) {
        String account = token.account();
        return first(redis.run(
                        verifyEmail,
                        List.of(
                                account(account),
                                MailKeys.token(Kind.VERIFICATION, account),
                                mark(account, request),
                                AuditKeys.of(account)),
                        List.of(token.hash(), markMillis(request), entry.id(), entry.content(), entry.seal())))
                .equals("verified");
    }

    @Override
    public boolean mayCount(MailToken token, Request request) {
        Response hash = redis.send(Command.GET, MailKeys.token(token.kind(), token.account()));
        return hash != null && hash.toString().equals(token.hash()) || isDone(token.account(), request);
    }

    @Override
    public boolean isDone(String account, Request request) {
        return request.isRepeatable()
                && redis.send(Command.EXISTS, mark(account, request)).toInteger() == 1;
    }

    @Override
    public boolean reset(MailToken token, PasswordHash chosen, OutgoingMail notice, OwedEntry entry, Request request) {
        List<String> args = new ArrayList<>(List.of(token.hash(), chosen.toPhc(), notice.lifetimeMillis()));
        args.addAll(noticeArgs(notice));
        args.add(markMillis(request));
        args.addAll(entry.args());
        return first(redis.run(resetPassword, keys(token.account(), notice, request), args))
                .equals("changed");
    }

    @Override
    public boolean change(String account, Change change, OutgoingMail notice, OwedEntry entry, Request request) {
        List<String> args = new ArrayList<>(
                List.of(Long.toString(change.epoch()), change.chosen().toPhc(), notice.lifetimeMillis()));
        args.addAll(noticeArgs(notice));
        args.add(change.session());
        args.add(markMillis(request));
        args.addAll(entry.args());
        return first(redis.run(changePassword, keys(account, notice, request), args))
                .equals("changed");
    }

    private static List<String> keys(String account, OutgoingMail notice, Request request) {
        return List.of(
                account(account),
                MailKeys.token(Kind.RESET, account),
                SessionListKeys.sessions(account),
                SessionListKeys.closing(account),
                MailKeys.outbox(account),
                notice.key().toString(),
                mark(account, request),
                AuditKeys.of(account));
    }

    /** Without the address: the scripts take the account's own. */
    private static List<String> noticeArgs(OutgoingMail notice) {
        List<String> args = new ArrayList<>(
                List.of(notice.letter().subject(), notice.letter().text()));
        args.addAll(notice.jobArgs());
        return args;
    }

    private static String account(String account) {
        return AccountKeys.account(new AccountId(account));
    }

    private static String mark(String account, Request request) {
        return "drover:{" + account + "}:write:" + request.name();
    }

    private String markMillis(Request request) {
        return request.isRepeatable() ? Long.toString(retention.toMillis()) : "0";
    }

    private static String first(Response answer) {
        return answer.get(0).toString();
    }
}
