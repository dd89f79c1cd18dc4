package dev.drover.auth.audit;

import static dev.drover.auth.audit.TriedAuditLog.ADA;
import static dev.drover.auth.audit.TriedAuditLog.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.auth.audit.AuditTrail.Fault;
import dev.drover.auth.audit.AuditTrail.Filter;
import dev.drover.auth.audit.AuditTrail.Page;
import dev.drover.auth.audit.AuditTrail.Verification;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;

/** What happened is written once, in one chain, and read again; what is beyond the bounds goes from its beginning. */
@ServiceTest
class RedisAuditLogTest {

    @Inject
    RedisCalls redis;

    @Inject
    Ids ids;

    @Inject
    @AutoClose
    TriedAuditLog audit;

    @Test
    void whatHappenedIsReadNewestFirst() {
        AuditEvent event = AuditEvent.of(AuditKind.ROLES_CHANGED)
                .about(ADA)
                .by(BOB)
                .in("ses_x")
                .with("roles", "admin");
        audit.log().append(AuditEvent.of(AuditKind.SIGNUP).about(ADA));
        audit.log().append(event);
        List<AuditEntry> entries = audit.newest();
        assertThat(entries).extracting(AuditEntry::sequence).containsExactly(2L, 1L);
        assertThat(entries.getFirst().event()).isEqualTo(event);
        assertThat(entries.getFirst().at())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(audit.verify())
                .isEqualTo(new Verification.Intact(2, 2, entries.getFirst().hash()));
    }

    @Test
    void anEmptyLogIsIntact() {
        assertThat(audit.verify()).isEqualTo(new Verification.Intact(0, 0, ""));
    }

    @Test
    void manyAppendsAtOnceMakeOneChain() throws Exception {
        List<Callable<Void>> appends = IntStream.range(0, 64)
                .<Callable<Void>>mapToObj(i -> () -> {
                    audit.log().append(AuditEvent.of(AuditKind.LOGIN).about(ADA).with("try", Integer.toString(i)));
                    return null;
                })
                .toList();
        try (var threads = Executors.newFixedThreadPool(16)) {
            threads.invokeAll(appends);
        }
        assertThat(audit.verify())
                .isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.entries())
                        .isEqualTo(64));
    }

    @Test
    void anEventWithANameIsWrittenOnce() {
        String name = "key:" + ids.random();
        audit.log().appendOnce(name, AuditEvent.of(AuditKind.KEY_ROTATED));
        audit.log().appendOnce(name, AuditEvent.of(AuditKind.KEY_ROTATED));
        assertThat(audit.newest()).hasSize(1);
        redis.send(Command.DEL, AuditKeys.once(name));
    }

    @Test
    void instancesThatWriteOnAtOnceMakeOneChain() throws Exception {
        RedisAuditChain other = audit.anotherChain();
        for (int i = 0; i < 64; i++) {
            audit.log().append(AuditEvent.of(AuditKind.LOGIN).about(ADA).with("try", Integer.toString(i)));
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            threads.invokeAll(List.of(
                    Executors.callable(audit.chain()::drain),
                    Executors.callable(other::drain),
                    Executors.callable(audit.chain()::drain),
                    Executors.callable(other::drain)));
        }
        assertThat(audit.verify())
                .isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.entries())
                        .isEqualTo(64));
    }

    @Test
    void whatIsTooManyGoesAndTheRestIsStillAChain() {
        audit.append(5);
        audit.open(3, Duration.ofDays(1), 1_000);
        audit.append(1);
        assertThat(audit.newest()).extracting(AuditEntry::sequence).containsExactly(6L, 5L, 4L);
        assertThat(audit.verify())
                .isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.entries())
                        .isEqualTo(3));
        audit.takeOut(0);
        assertThat(audit.verify()).isEqualTo(new Verification.Broken(4, Fault.MISSING));
    }

    @Test
    void whatIsTooOldGoesWithTheNextEntry() {
        audit.append(2);
        audit.open(1_000, Duration.ofMillis(-60_000), 1_000);
        audit.append(1);
        assertThat(audit.newest()).extracting(AuditEntry::sequence).containsExactly(3L);
        assertThat(audit.verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void aPageIsOfWhatWasAskedForAndSaysWhereTheNextBegins() {
        for (int i = 0; i < 3; i++) {
            audit.log().append(AuditEvent.of(AuditKind.LOGIN).about(ADA));
            audit.log().append(AuditEvent.of(AuditKind.LOGIN_FAILED).about(BOB));
        }
        Filter failures =
                new Filter(Optional.of(BOB), Optional.of(AuditKind.LOGIN_FAILED), Optional.empty(), Optional.empty());
        Page first = audit.trail().page(failures, 2, Optional.empty());
        Page second = audit.trail().page(failures, 2, first.next());
        assertThat(first.entries()).extracting(AuditEntry::sequence).containsExactly(6L, 4L);
        assertThat(second.entries()).extracting(AuditEntry::sequence).containsExactly(2L);
        assertThat(second.next()).isEmpty();

        Instant at = first.entries().getFirst().at();
        Filter before = new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Instant.EPOCH));
        Filter since =
                new Filter(Optional.empty(), Optional.empty(), Optional.of(at.plusSeconds(60)), Optional.empty());
        assertThat(audit.trail().page(before, 10, Optional.empty()).entries()).isEmpty();
        assertThat(audit.trail().page(since, 10, Optional.empty()).entries()).isEmpty();
    }

    @Test
    void aRequestReadsOnlySoMuch() {
        audit.open(10_000, Duration.ofDays(1), 500);
        audit.append(501);
        Filter nobodys = new Filter(Optional.of(BOB), Optional.empty(), Optional.empty(), Optional.empty());
        Page first = audit.trail().page(nobodys, 10, Optional.empty());
        assertThat(first.entries()).isEmpty();
        assertThat(first.next()).isPresent();
        assertThat(audit.trail().page(nobodys, 10, first.next()).next()).isEmpty();
        assertThat(audit.verify())
                .isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.entries())
                        .isEqualTo(501));
    }
}
