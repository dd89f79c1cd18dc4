package dev.drover.realtime.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.impl.ZModem;
import org.junit.jupiter.api.Test;

import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelLog;
import dev.drover.platform.channels.ChannelLog.Appended;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.channels.MessageIdReusedException;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.Eventually;
import dev.drover.testing.RedisFixture;

/** What channel_append and channel_read promise, on a real Redis. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class RedisChannelLogTest {

    private static final Duration DEDUPE = Duration.ofMinutes(2);

    @Inject
    ChannelLog log;

    @Inject
    ChannelHistory history;

    @Inject
    RedisCalls redis;

    private final ChannelName channel = new ChannelName("public:" + UUID.randomUUID());

    @Test
    void offsetsGrowByOneWithinAnEpoch() {
        Appended first = append("m1", "1");
        Appended second = append("m2", "2");
        assertThat(first.position().offset()).isEqualTo(1);
        assertThat(second.position().offset()).isEqualTo(2);
        assertThat(second.position().epoch()).isEqualTo(first.position().epoch());
        assertThat(history.after(channel, 0, 10).messages())
                .extracting(ChannelMessage::data)
                .containsExactly("1", "2");
    }

    @Test
    void aRepeatHasTheFirstOnesPositionAndAddsNothing() {
        Appended first = append("m1", "1");
        append("m2", "2");
        Appended again = append("m1", "1");
        assertThat(again).isEqualTo(new Appended(first.position(), true));
        assertThat(history.newest(channel, 10).head().offset()).isEqualTo(2);
    }

    @Test
    void oneIdForTwoMessagesIsRefused() {
        append("m1", "1");
        assertThatThrownBy(() -> append("m1", "2")).isInstanceOf(MessageIdReusedException.class);
        assertThat(history.newest(channel, 10).head().offset()).isEqualTo(1);
    }

    @Test
    void theSameIdOfAnotherPublisherIsAnotherMessage() {
        append("m1", "1");
        assertThat(log.append(channel, "m1", "1", "usr_other", DEDUPE).duplicate())
                .isFalse();
    }

    @Test
    void severalAreAppendedInTheirOrderAndEachIsJudgedByItself() {
        append("m1", "1");
        List<ChannelLog.Message> some = List.of(
                new ChannelLog.Message("m2", "2"),
                new ChannelLog.Message("m1", "1"),
                new ChannelLog.Message("m3", "3"),
                new ChannelLog.Message("m1", "other"),
                new ChannelLog.Message("m2", "2"));
        assertThat(log.appendAll(channel, some, "usr_a", DEDUPE))
                .containsExactly(
                        ChannelLog.Outcome.APPENDED,
                        ChannelLog.Outcome.DUPLICATE,
                        ChannelLog.Outcome.APPENDED,
                        ChannelLog.Outcome.REUSED,
                        ChannelLog.Outcome.DUPLICATE);
        assertThat(log.appendAll(channel, some, "usr_a", DEDUPE)).doesNotContain(ChannelLog.Outcome.APPENDED);
        assertThat(append("m3", "3")).isEqualTo(new Appended(new ChannelLog.Position(epoch(), 3), true));
        assertThat(append("m4", "4").position().offset()).isEqualTo(4);
        assertThat(history.after(channel, 0, 10).messages())
                .extracting(ChannelMessage::offset, ChannelMessage::data)
                .containsExactly(tuple(1L, "1"), tuple(2L, "2"), tuple(3L, "3"), tuple(4L, "4"));
    }

    private String epoch() {
        return history.newest(channel, 10).head().epoch();
    }

    @Test
    void anIdIsForgottenAfterItsTime() {
        log.append(channel, "m1", "1", "usr_a", Duration.ofMillis(1));
        Eventually.within(Duration.ofSeconds(5))
                .until(() -> !log.append(channel, "m1", "1", "usr_a", Duration.ofMillis(1))
                        .duplicate());
    }

    @Test
    void manyPublishersAtOnceGetOffsetsWithoutGapInTheOrderOfTheLog() throws Exception {
        int publishers = 8;
        int each = 50;
        List<Appended> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Appended>>> running = new ArrayList<>();
            for (int p = 0; p < publishers; p++) {
                String who = "usr_" + p;
                running.add(threads.submit(() -> {
                    List<Appended> mine = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        mine.add(log.append(channel, who + "-" + i, "\"" + who + "\"", who, DEDUPE));
                    }
                    return mine;
                }));
            }
            for (Future<List<Appended>> publisher : running) {
                List<Appended> mine = publisher.get();
                assertThat(mine)
                        .extracting(appended -> appended.position().offset())
                        .isSorted();
                all.addAll(mine);
            }
        }
        int total = publishers * each;
        assertThat(all)
                .extracting(appended -> appended.position().offset())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, total).boxed().toList());
        assertThat(history.after(channel, 0, total).messages())
                .extracting(ChannelMessage::offset)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, total).boxed().toList());
    }

    @Test
    void oneIdPublishedByManyAtOnceIsOneMessage() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Appended>> racing = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                racing.add(threads.submit(() -> append("m1", "1")));
            }
            int appended = 0;
            for (Future<Appended> one : racing) {
                assertThat(one.get().position().offset()).isEqualTo(1);
                appended += one.get().duplicate() ? 0 : 1;
            }
            assertThat(appended).isEqualTo(1);
        }
    }

    @Test
    void aLostPositionBeginsAnotherEpochAndDropsWhatWasLeft() {
        String before = append("m1", "1").position().epoch();
        append("m2", "2");
        redis.send(Command.DEL, ChannelKeys.meta(channel));
        Appended after = append("m1", "1");
        assertThat(after.duplicate()).isFalse();
        assertThat(after.position().epoch()).isNotEqualTo(before);
        assertThat(after.position().offset()).isEqualTo(1);
        assertThat(history.after(channel, 0, 10).messages()).hasSize(1);
    }

    @Test
    void aChannelNobodyPublishedOnHasAPositionThatHolds() {
        Slice first = history.newest(channel, 10);
        assertThat(first.head().offset()).isZero();
        assertThat(history.newest(channel, 10).head()).isEqualTo(first.head());
        assertThat(append("m1", "1").position().epoch()).isEqualTo(first.head().epoch());
        assertThat(history.heads(List.of(channel, new ChannelName("public:never-" + UUID.randomUUID()))))
                .satisfiesExactly(
                        here -> assertThat(here.orElseThrow().offset()).isEqualTo(1),
                        nowhere -> assertThat(nowhere).isEmpty());
    }

    @Test
    void pagesFollowOneAnother() {
        for (int i = 1; i <= 5; i++) {
            append("m" + i, Integer.toString(i));
        }
        assertThat(history.after(channel, 1, 2).messages())
                .extracting(ChannelMessage::offset)
                .containsExactly(2L, 3L);
        assertThat(history.newest(channel, 2).messages())
                .extracting(ChannelMessage::offset)
                .containsExactly(4L, 5L);
        assertThat(history.after(channel, 5, 2).messages()).isEmpty();
    }

    @Test
    void theHistoryIsBounded() {
        for (int i = 1; i <= 1_300; i++) {
            append("m" + i, "1");
        }
        List<ChannelMessage> kept = history.after(channel, 0, 2_000).messages();
        assertThat(kept).hasSize(1_000);
        assertThat(kept.getLast().offset()).isEqualTo(1_300);
    }

    @Test
    void aPatternHasABoundOfItsOwnInMessages() {
        ChannelName few = new ChannelName("public:few:" + UUID.randomUUID());
        for (int i = 1; i <= 20; i++) {
            log.append(few, "m" + i, "1", "usr_a", DEDUPE);
        }
        assertThat(offsets(few)).containsExactly(16L, 17L, 18L, 19L, 20L);
        List<ChannelLog.Message> many = IntStream.rangeClosed(21, 100)
                .mapToObj(i -> new ChannelLog.Message("m" + i, "1"))
                .toList();
        log.appendAll(few, many, "usr_a", DEDUPE);
        assertThat(offsets(few)).containsExactly(96L, 97L, 98L, 99L, 100L);
    }

    @Test
    void aPatternHasABoundOfItsOwnInBytesAndTheNewestMessageIsKept() {
        ChannelName small = new ChannelName("public:small:" + UUID.randomUUID());
        String data = "\"" + "x".repeat(298) + "\"";
        for (int i = 1; i <= 20; i++) {
            log.append(small, "m" + i, data, "usr_a", DEDUPE);
        }
        assertThat(offsets(small)).containsExactly(18L, 19L, 20L);
        log.append(small, "huge", "\"" + "x".repeat(5_000) + "\"", "usr_a", DEDUPE);
        assertThat(offsets(small)).containsExactly(21L);
        log.append(small, "tiny", "1", "usr_a", DEDUPE);
        assertThat(offsets(small)).containsExactly(22L);
    }

    @Test
    void aPatternHasABoundOfItsOwnInAge() {
        ChannelName brief = new ChannelName("public:brief:" + UUID.randomUUID());
        log.append(brief, "m1", "1", "usr_a", DEDUPE);
        Eventually.within(Duration.ofSeconds(20)).untilAsserted(() -> {
            Appended next = log.append(brief, UUID.randomUUID().toString(), "1", "usr_a", DEDUPE);
            assertThat(offsets(brief))
                    .doesNotContain(1L)
                    .contains(next.position().offset());
        });
    }

    private List<Long> offsets(ChannelName of) {
        return history.after(of, 0, 2_000).messages().stream()
                .map(ChannelMessage::offset)
                .toList();
    }

    /** If this fails, the scripts fail on Redis Cluster: one channel's keys must share a slot. */
    @Test
    void allKeysOfAChannelLieInOneSlot() {
        append("m1", "1");
        List<String> keys = new ArrayList<>();
        redis.send(Command.KEYS, "drover:{ch:" + channel + "}:*").forEach(key -> keys.add(key.toString()));
        keys.add(ChannelKeys.wakeUp(channel));
        keys.add(ChannelKeys.wakeUp(channel.presence()));
        keys.add(ChannelKeys.presenceHeld(channel, "instance"));
        keys.add(ChannelKeys.roomMembers(channel));
        assertThat(keys).hasSize(7);
        assertThat(keys).extracting(key -> ZModem.generate(key)).containsOnly(ZModem.generate(keys.getFirst()));
    }

    private Appended append(String id, String data) {
        return log.append(channel, id, data, "usr_a", DEDUPE);
    }
}
