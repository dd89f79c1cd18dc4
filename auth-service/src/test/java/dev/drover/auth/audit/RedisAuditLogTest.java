package dev.drover.auth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.auth.audit.AuditTrail.Fault;
import dev.drover.auth.audit.AuditTrail.Filter;
import dev.drover.auth.audit.AuditTrail.Page;
import dev.drover.auth.audit.AuditTrail.Verification;
import dev.drover.auth.token.SealedData;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;

/** an entry that was changed, moved or taken out is found. The log is all of this test's while it runs. */
@ServiceTest
class RedisAuditLogTest {

    private static final String ADA = "usr_" + "0".repeat(26);
    private static final String BOB = "usr_" + "1".repeat(26);
    private static final Filter ALL =
            new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @Inject
    RedisCalls redis;

    @Inject
    SealedData sealed;

    @Inject
    CurrentRequest request;

    @Inject
    Ids ids;

    @Inject
    MeterRegistry meters;

    private AuditLog log;
    private AuditTrail trail;

    @BeforeEach
    void prepare() {
        clear();
        configure(1_000, Duration.ofDays(1), 1_000);
    }

    @AfterEach
    void clear() {
        redis.send(Command.DEL, AuditKeys.LOG);
        redis.send(Command.DEL, AuditKeys.HEAD);
    }

    private void configure(long entriesMax, Duration maxAge, int scanMax) {
        AuditConfig config = new Limits(entriesMax, maxAge, scanMax);
        log = new RedisAuditLog(redis, sealed, request, ids, config, meters);
        trail = new RedisAuditTrail(redis, sealed, config);
    }

    @Test
    void whatHappenedIsReadNewestFirst() {
        AuditEvent event = AuditEvent.of(AuditKind.ROLES_CHANGED)
                .about(ADA)
                .by(BOB)
                .in("ses_x")
                .with("roles", "admin");
        log.append(AuditEvent.of(AuditKind.SIGNUP).about(ADA));
        log.append(event);
        List<AuditEntry> entries = trail.page(ALL, 10, Optional.empty()).entries();
        assertThat(entries).extracting(AuditEntry::sequence).containsExactly(2L, 1L);
        assertThat(entries.getFirst().event()).isEqualTo(event);
        assertThat(entries.getFirst().at())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(trail.verify())
                .isEqualTo(new Verification.Intact(2, 2, entries.getFirst().hash()));
    }

    @Test
    void anEmptyLogIsIntact() {
        assertThat(trail.verify()).isEqualTo(new Verification.Intact(0, 0, ""));
    }

    @Test
    void manyAppendsAtOnceMakeOneChain() throws Exception {
        List<Callable<Void>> appends = IntStream.range(0, 64)
                .<Callable<Void>>mapToObj(i -> () -> {
                    log.append(AuditEvent.of(AuditKind.LOGIN).about(ADA).with("try", Integer.toString(i)));
                    return null;
                })
                .toList();
        try (var threads = Executors.newFixedThreadPool(16)) {
            threads.invokeAll(appends);
        }
        assertThat(trail.verify())
                .isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.entries())
                        .isEqualTo(64));
    }

    @Test
    void anEventWithANameIsWrittenOnce() {
        String name = "key:" + ids.random();
        log.appendOnce(name, AuditEvent.of(AuditKind.KEY_ROTATED));
        log.appendOnce(name, AuditEvent.of(AuditKind.KEY_ROTATED));
        assertThat(trail.page(ALL, 10, Optional.empty()).entries()).hasSize(1);
        redis.send(Command.DEL, AuditKeys.once(name));
    }

    @Test
    void aChangedEntryIsFoundEvenWhenTheChainIsMadeAnew() {
        append(3);
        Response second = entry(1);
        String content = field(second, 1).replace(ADA, BOB);
        replaceFrom(1, content, field(second, 3), field(second, 5));
        assertThat(trail.verify()).isEqualTo(new Verification.Broken(2, Fault.CHANGED));

        clear();
        append(1);
        Response first = entry(0);
        String before = field(first, 5);
        long millis = Long.parseLong(first.get(0).toString().split("-")[0]);
        String hash = AuditHash.of(before, 2, millis, field(second, 3), content);
        add(millis + "-2", content, field(second, 3), hash);
        redis.send(Command.HSET, AuditKeys.HEAD, "seq", "2", "hash", hash);
        assertThat(trail.verify()).isEqualTo(new Verification.Broken(2, Fault.FORGED));
    }

    @Test
    void anEntryThatIsTakenOutIsMissedWhereverItWas() {
        for (int taken = 0; taken < 3; taken++) {
            clear();
            append(3);
            redis.send(Command.XDEL, AuditKeys.LOG, entry(taken).get(0).toString());
            assertThat(trail.verify()).isEqualTo(new Verification.Broken(taken + 1, Fault.MISSING));
        }
    }

    @Test
    void whatIsTooManyGoesAndTheRestIsStillAChain() {
        append(5);
        configure(3, Duration.ofDays(1), 1_000);
        append(1);
        assertThat(trail.page(ALL, 10, Optional.empty()).entries())
                .extracting(AuditEntry::sequence)
                .containsExactly(6L, 5L, 4L);
        assertThat(trail.verify())
                .isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.entries())
                        .isEqualTo(3));
        redis.send(Command.XDEL, AuditKeys.LOG, entry(0).get(0).toString());
        assertThat(trail.verify()).isEqualTo(new Verification.Broken(4, Fault.MISSING));
    }

    @Test
    void whatIsTooOldGoesWithTheNextEntry() {
        append(2);
        configure(1_000, Duration.ofMillis(-60_000), 1_000);
        append(1);
        assertThat(trail.page(ALL, 10, Optional.empty()).entries())
                .extracting(AuditEntry::sequence)
                .containsExactly(3L);
        assertThat(trail.verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void aPageIsOfWhatWasAskedForAndSaysWhereTheNextBegins() {
        for (int i = 0; i < 3; i++) {
            log.append(AuditEvent.of(AuditKind.LOGIN).about(ADA));
            log.append(AuditEvent.of(AuditKind.LOGIN_FAILED).about(BOB));
        }
        Filter failures =
                new Filter(Optional.of(BOB), Optional.of(AuditKind.LOGIN_FAILED), Optional.empty(), Optional.empty());
        Page first = trail.page(failures, 2, Optional.empty());
        Page second = trail.page(failures, 2, first.next());
        assertThat(first.entries()).extracting(AuditEntry::sequence).containsExactly(6L, 4L);
        assertThat(second.entries()).extracting(AuditEntry::sequence).containsExactly(2L);
        assertThat(second.next()).isEmpty();

        Instant at = first.entries().getFirst().at();
        Filter before = new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Instant.EPOCH));
        Filter since =
                new Filter(Optional.empty(), Optional.empty(), Optional.of(at.plusSeconds(60)), Optional.empty());
        assertThat(trail.page(before, 10, Optional.empty()).entries()).isEmpty();
        assertThat(trail.page(since, 10, Optional.empty()).entries()).isEmpty();
    }

    @Test
    void aRequestReadsOnlySoMuch() {
        configure(10_000, Duration.ofDays(1), 500);
        append(501);
        Filter nobodys = new Filter(Optional.of(BOB), Optional.empty(), Optional.empty(), Optional.empty());
        Page first = trail.page(nobodys, 10, Optional.empty());
        assertThat(first.entries()).isEmpty();
        assertThat(first.next()).isPresent();
        assertThat(trail.page(nobodys, 10, first.next()).next()).isEmpty();
        assertThat(trail.verify())
                .isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.entries())
                        .isEqualTo(501));
    }

    private void append(int times) {
        for (int i = 0; i < times; i++) {
            log.append(AuditEvent.of(AuditKind.LOGIN).about(ADA));
        }
    }

    private Response entry(int place) {
        return redis.send(Command.XRANGE, AuditKeys.LOG, "-", "+").get(place);
    }

    private static String field(Response entry, int place) {
        return entry.get(1).get(place).toString();
    }

    /** A stream's entry cannot be changed in place: all from there on are taken out and written again. */
    private void replaceFrom(int place, String content, String seal, String hash) {
        Response all = redis.send(Command.XRANGE, AuditKeys.LOG, "-", "+");
        redis.send(Command.DEL, AuditKeys.LOG);
        for (int i = 0; i < all.size(); i++) {
            Response old = all.get(i);
            if (i == place) {
                add(old.get(0).toString(), content, seal, hash);
            } else {
                add(old.get(0).toString(), field(old, 1), field(old, 3), field(old, 5));
            }
        }
    }

    private void add(String id, String content, String seal, String hash) {
        redis.send(Command.XADD, AuditKeys.LOG, id, "content", content, "seal", seal, "hash", hash);
    }

    private record Limits(long entriesMax, Duration maxAge, int scanMax) implements AuditConfig {}
}
