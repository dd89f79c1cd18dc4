package dev.drover.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.inject.Inject;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.auth.audit.AuditEvent;
import dev.drover.auth.audit.AuditKeys;
import dev.drover.auth.audit.AuditKind;
import dev.drover.auth.audit.AuditLog;
import dev.drover.auth.mail.MailKeys;
import dev.drover.auth.mail.MailToken;
import dev.drover.platform.mail.LetterKey;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@ServiceTest
class RedisAccountStoreTest extends AccountStoreContract {

    @Inject
    AccountStore store;

    @Inject
    RedisCalls redis;

    @Inject
    AuditLog audit;

    @Override
    protected AccountStore store() {
        return store;
    }

    @Test
    void aCrashAfterTheClaimLeavesAnAccountThatWorks() {
        Account account = TestAccounts.account();
        assertThat(claim(account)).isEqualTo("claimed");

        assertThat(store.find(account.id())).isEmpty();
        assertThat(store.findByEmail(account.email())).contains(account);
        assertThat(store.find(account.id())).contains(account);
        assertThat(claimFields(account)).containsExactly("sub");
    }

    @Test
    void aCrashBeforeTheClaimIsEmptiedIsFinishedByTheRetry() {
        Account account = TestAccounts.account();
        claim(account);
        create(account);

        assertThat(store.register(account)).isEqualTo(new Registration.AlreadyRegistered(account));
        assertThat(claimFields(account)).containsExactly("sub");
    }

    @Test
    void aRetryAfterACrashDoesNotOverwriteWhatChangedSince() {
        Account account = TestAccounts.account();
        claim(account);
        create(account);
        redis.send(Command.HSET, AccountKeys.account(account.id()), "displayName", "Ada Lovelace");

        assertThat(store.findByEmail(account.email()).orElseThrow().displayName())
                .contains(new DisplayName("Ada Lovelace"));
    }

    @Test
    void anAddressClaimedByACrashedSignUpStaysClaimed() {
        Account crashed = TestAccounts.account();
        claim(crashed);

        Account other = TestAccounts.account(TestAccounts.id(), crashed.email());
        assertThat(store.register(other)).isEqualTo(new Registration.AddressTaken());
        assertThat(store.findByEmail(crashed.email())).contains(crashed);
    }

    @Test
    void settlingIsForTheHolderOnly() {
        Account account = TestAccounts.account();
        claim(account);
        Response outcome = redis.run(
                RedisScript.load("settle_claim"),
                List.of(AccountKeys.claim(account.email())),
                List.of(TestAccounts.id().value()));
        assertThat(outcome.get(0).toString()).isEqualTo("other");
        assertThat(claimFields(account)).contains("pending");
    }

    @Test
    void creatingAgainSaysThatItIsThere() {
        Account account = TestAccounts.account();
        assertThat(create(account)).isEqualTo("created");
        assertThat(create(account)).isEqualTo("present");
    }

    private String claim(Account account) {
        return redis.run(
                        RedisScript.load("claim_email"),
                        List.of(AccountKeys.claim(account.email())),
                        List.of(account.id().value(), AccountFields.toJson(account)))
                .get(0)
                .toString();
    }

    private String create(Account account) {
        String sub = account.id().value();
        List<String> args = new ArrayList<>(List.of("", "60000", "to", "subject", "text", "id", "type", "owner", "{}"));
        args.addAll(audit.entry(AuditEvent.of(AuditKind.SIGNUP).about(sub)).args());
        args.addAll(AccountFields.flat(account));
        return redis.run(
                        RedisScript.load("create_account"),
                        List.of(
                                AccountKeys.account(account.id()),
                                MailKeys.token(MailToken.Kind.VERIFICATION, sub),
                                MailKeys.outbox(sub),
                                new LetterKey(sub, "0".repeat(26)).toString(),
                                AuditKeys.of(sub)),
                        args)
                .get(0)
                .toString();
    }

    private Set<String> claimFields(Account account) {
        return redis.send(Command.HGETALL, AccountKeys.claim(account.email())).getKeys();
    }
}
