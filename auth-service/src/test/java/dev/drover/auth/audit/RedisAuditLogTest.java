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
import dev.drover.auth.audit.AuditTrail.Noted;
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
    private static final List<String> KEYS = List.of(AuditKeys.LOG, AuditKeys.HEAD, AuditKeys.OWED);
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

    private RedisAuditChain chain;

    /** What other tests wrote is put aside: the service remembers how far the log had come. */
    @BeforeEach
    void prepare() {
        KEYS.forEach(key -> rename(key, key + ":aside"));
        configure(1_000, Duration.ofDays(1), 1_000);
    }

    @AfterEach
    void putBack() {
        clear();
        KEYS.forEach(key -> rename(key + ":aside", key));
    }

    private void rename(String from, String to) {
        if (redis.send(Command.EXISTS, from).toInteger() == 1) {
            redis.send(Command.RENAME, from, to);
        }
    }

    private void clear() {
        KEYS.forEach(key -> redis.send(Command.DEL, key));
    }

    private void configure(long entriesMax, Duration maxAge, int scanMax) {
        AuditConfig config = new Limits(entriesMax, maxAge, scanMax);
        log = new RedisAuditLog(redis, sealed, request, ids, meters);
        chain = new RedisAuditChain(redis, sealed, config);
        trail = new RedisAuditTrail(redis, chain, config);
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
        assertThat(verify())
                .isEqualTo(new Verification.Intact(2, 2, entries.getFirst().hash()));
    }

    @Test
    void anEmptyLogIsIntact() {
        assertThat(verify()).isEqualTo(new Verification.Intact(0, 0, ""));
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
        assertThat(verify()).isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.entries())
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
    void aChangedEntryIsFound() {
        append(3);
        Response second = entry(1);
        String content = field(second, 1).replace(ADA, BOB);
        replaceFrom(1, content, field(second, 3), field(second, 5));
        assertThat(verify()).isEqualTo(new Verification.Broken(2, Fault.CHANGED));
    }

    /** Whoever writes to Redis alone has no key: neither a link of the chain nor a seal can be made. */
    @Test
    void whatIsMadeUpIsFound() {
        append(1);
        Response first = entry(0);
        long millis = Long.parseLong(first.get(0).toString().split("-")[0]);
        add(millis + "-2", field(first, 1), field(first, 3), field(first, 5));
        redis.send(Command.HSET, AuditKeys.HEAD, "seq", "2", "hash", field(first, 5));
        assertThat(verify()).isEqualTo(new Verification.Broken(2, Fault.CHANGED));

        clear();
        configure(1_000, Duration.ofDays(1), 1_000);
        String madeUp = field(first, 1).replace(ADA, BOB);
        redis.send(Command.XADD, AuditKeys.OWED, "*", "content", madeUp, "seal", field(first, 3));
        assertThat(verify()).isEqualTo(new Verification.Broken(1, Fault.FORGED));
        redis.send(Command.XADD, AuditKeys.OWED, "*", "content", "no JSON", "seal", "none");
        assertThat(trail.page(ALL, 10, Optional.empty()).entries())
                .as("pages are read all the same")
                .hasSize(1);
    }

    /** The chain that is left is whole: only who knows how far it had come can tell. */
    @Test
    void anEndThatIsCutOffIsFoundByWhoNotedItAndByAnInstanceThatSawIt() {
        append(2);
        Response second = entry(1);
        append(2);
        Verification.Intact before = (Verification.Intact) verify();
        keepFirst(2);
        redis.send(Command.HSET, AuditKeys.HEAD, "seq", "2", "hash", field(second, 5));
        Verification.Broken cut = new Verification.Broken(3, Fault.MISSING);
        assertThat(verify()).as("by the instance that saw four").isEqualTo(cut);

        configure(1_000, Duration.ofDays(1), 1_000);
        assertThat(verify()).as("by one that saw nothing").isInstanceOf(Verification.Intact.class);
        Optional<Noted> noted = Optional.of(new Noted(before.lastSequence(), before.head()));
        configure(1_000, Duration.ofDays(1), 1_000);
        assertThat(trail.verify(noted)).as("by who noted the fourth").isEqualTo(cut);
        append(3);
        assertThat(trail.verify(noted))
                .as("when others were written in their place")
                .isEqualTo(new Verification.Broken(4, Fault.CHANGED));
    }

    @Test
    void aBeginningThatIsCutOffIsFoundAlsoWhenItLooksTrimmed() {
        append(4);
        Response second = entry(1);
        redis.send(Command.XTRIM, AuditKeys.LOG, "MAXLEN", "2");
        assertThat(verify()).isEqualTo(new Verification.Broken(1, Fault.MISSING));
        redis.send(
                Command.HSET,
                AuditKeys.HEAD,
                "anchorSeq",
                "2",
                "anchorHash",
                field(second, 5),
                "anchorMark",
                field(second, 3));
        assertThat(verify()).isEqualTo(new Verification.Broken(2, Fault.MISSING));
    }

    @Test
    void aPieceTakenOutOfTheMiddleIsMissedThoughTheRestIsRenumbered() {
        append(4);
        Response fourth = entry(3);
        keepFirst(2);
        String millis = fourth.get(0).toString().split("-")[0];
        add(millis + "-3", field(fourth, 1), field(fourth, 3), field(fourth, 5));
        redis.send(Command.HSET, AuditKeys.HEAD, "seq", "3", "hash", field(fourth, 5));
        assertThat(verify()).isEqualTo(new Verification.Broken(3, Fault.CHANGED));
    }

    @Test
    void instancesThatWriteOnAtOnceMakeOneChain() throws Exception {
        RedisAuditChain other = new RedisAuditChain(redis, sealed, new Limits(1_000, Duration.ofDays(1), 1_000));
        for (int i = 0; i < 64; i++) {
            log.append(AuditEvent.of(AuditKind.LOGIN).about(ADA).with("try", Integer.toString(i)));
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            threads.invokeAll(List.of(
                    Executors.callable(chain::drain),
                    Executors.callable(other::drain),
                    Executors.callable(chain::drain),
                    Executors.callable(other::drain)));
        }
        assertThat(verify()).isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.entries())
                .isEqualTo(64));
    }

    @Test
    void anEntryThatIsTakenOutIsMissedWhereverItWas() {
        for (int taken = 0; taken < 3; taken++) {
            clear();
            configure(1_000, Duration.ofDays(1), 1_000);
            append(3);
            redis.send(Command.XDEL, AuditKeys.LOG, entry(taken).get(0).toString());
            assertThat(verify()).isEqualTo(new Verification.Broken(taken + 1, Fault.MISSING));
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
        assertThat(verify()).isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.entries())
                .isEqualTo(3));
        redis.send(Command.XDEL, AuditKeys.LOG, entry(0).get(0).toString());
        assertThat(verify()).isEqualTo(new Verification.Broken(4, Fault.MISSING));
    }

    @Test
    void whatIsTooOldGoesWithTheNextEntry() {
        append(2);
        configure(1_000, Duration.ofMillis(-60_000), 1_000);
        append(1);
        assertThat(trail.page(ALL, 10, Optional.empty()).entries())
                .extracting(AuditEntry::sequence)
                .containsExactly(3L);
        assertThat(verify()).isInstanceOf(Verification.Intact.class);
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
        assertThat(verify()).isInstanceOfSatisfying(Verification.Intact.class, intact -> assertThat(intact.entries())
                .isEqualTo(501));
    }

    private Verification verify() {
        return trail.verify(Optional.empty());
    }

    private void append(int times) {
        for (int i = 0; i < times; i++) {
            log.append(AuditEvent.of(AuditKind.LOGIN).about(ADA));
        }
        chain.drain();
    }

    private Response entry(int place) {
        return redis.send(Command.XRANGE, AuditKeys.LOG, "-", "+").get(place);
    }

    private static String field(Response entry, int place) {
        return entry.get(1).get(place).toString();
    }

    /** Written again, since a stream takes no id below one it has had. */
    private void keepFirst(int kept) {
        Response all = redis.send(Command.XRANGE, AuditKeys.LOG, "-", "+");
        redis.send(Command.DEL, AuditKeys.LOG);
        for (int i = 0; i < kept; i++) {
            Response old = all.get(i);
            add(old.get(0).toString(), field(old, 1), field(old, 3), field(old, 5));
        }
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

    private record Limits(long entriesMax, Duration maxAge, int scanMax) implements AuditConfig {

        @Override
        public String every() {
            return "off";
        }
    }
}
