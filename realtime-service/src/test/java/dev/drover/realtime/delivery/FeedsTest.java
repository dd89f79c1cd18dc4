package dev.drover.realtime.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.realtime.delivery.WakeUp.Carried;
import dev.drover.testing.Eventually;

class FeedsTest {

    private static final ChannelName ROOM = new ChannelName("public:1");
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final InMemoryHistory history = new InMemoryHistory();
    private final ManualWakeUps wakeUps = new ManualWakeUps();
    private final Feeds feeds = new Feeds(
            history,
            wakeUps,
            new FeedPolicy(4, 8, 1_000),
            Duration.ofSeconds(5),
            threads,
            channel -> (epoch, message) -> new Delivery(message.offset(), Frame.of("m" + message.offset())));

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aLostWakeUpOnlyDelaysToThePoll() {
        RecordingFollower follower = new RecordingFollower();
        feeds.follow(ROOM, Optional.empty(), follower);
        history.append();
        assertThat(feeds.poll()).isEqualTo(1);
        Eventually.within(SOON)
                .untilAsserted(() -> assertThat(follower.told()).containsExactly("subscribed e:0", "m1"));
        assertThat(feeds.poll()).isZero();
    }

    @Test
    void aMessageThatComesWithItsWakeUpIsNotRead() {
        feeds.start();
        RecordingFollower follower = new RecordingFollower();
        feeds.follow(ROOM, Optional.empty(), follower);
        int before = history.reads();
        for (int i = 1; i <= 3; i++) {
            wakeUps.carry(history.append());
        }
        Eventually.within(SOON)
                .untilAsserted(() -> assertThat(follower.told()).containsExactly("subscribed e:0", "m1", "m2", "m3"));
        assertThat(feeds.poll()).isZero();
        assertThat(history.reads()).isEqualTo(before);
    }

    /** in another order, twice, not at all, of an epoch that ended: only later. */
    @Test
    void wakeUpsThatCarryMessagesInDisorderOnlyDelay() {
        feeds.start();
        RecordingFollower follower = new RecordingFollower();
        feeds.follow(ROOM, Optional.empty(), follower);
        Carried first = history.append();
        Carried second = history.append();
        wakeUps.carry(second);
        wakeUps.carry(first);
        wakeUps.carry(second);
        Eventually.within(SOON)
                .untilAsserted(() -> assertThat(follower.told()).containsExactly("subscribed e:0", "m1", "m2"));
        history.append();
        wakeUps.carry(history.append());
        Eventually.within(SOON).untilAsserted(() -> assertThat(follower.told())
                .containsExactly("subscribed e:0", "m1", "m2", "m3", "m4"));
        history.beginAnew("f");
        wakeUps.carry(history.append());
        wakeUps.carry(second);
        Eventually.within(SOON).untilAsserted(() -> assertThat(follower.told())
                .containsExactly("subscribed e:0", "m1", "m2", "m3", "m4", "gap f:0 epoch_changed", "m1"));
        Eventually.within(SOON).until(() -> feeds.poll() == 0);
        assertThat(follower.told()).hasSize(7);
    }

    @Test
    void moreWakeUpsThanAPageAreOneRead() {
        feeds.start();
        RecordingFollower follower = new RecordingFollower();
        feeds.follow(ROOM, Optional.empty(), follower);
        CountDownLatch slow = history.hold();
        int before = history.reads();
        wakeUps.wake();
        Eventually.within(SOON).until(() -> history.reads() > before);
        for (int i = 1; i <= 7; i++) {
            wakeUps.carry(history.append());
        }
        slow.countDown();
        Eventually.within(SOON).untilAsserted(() -> assertThat(follower.told())
                .containsExactly("subscribed e:0", "m1", "m2", "m3", "m4", "m5", "m6", "m7"));
    }

    @Test
    void aStoreThatDoesNotAnswerLetsNobodyInAndLeavesNothingBehind() {
        history.failNext(1);
        assertThatThrownBy(() -> feeds.follow(ROOM, Optional.empty(), new RecordingFollower()))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(feeds.size()).isZero();
        assertThat(wakeUps.heard).isEmpty();
    }

    @Test
    void aReadThatFailsIsMadeUpForByThePoll() {
        feeds.start();
        RecordingFollower follower = new RecordingFollower();
        feeds.follow(ROOM, Optional.empty(), follower);
        history.append();
        history.failNext(1);
        wakeUps.wake();
        Eventually.within(SOON).until(() -> feeds.poll() == 0);
        assertThat(follower.told()).containsExactly("subscribed e:0", "m1");
    }

    @Test
    void theLastOneToLeaveEndsTheFeed() {
        RecordingFollower one = new RecordingFollower();
        RecordingFollower two = new RecordingFollower();
        feeds.follow(ROOM, Optional.empty(), one);
        feeds.follow(ROOM, Optional.empty(), two);
        feeds.leave(ROOM, one);
        assertThat(wakeUps.heard).containsExactly(ROOM);
        feeds.leave(ROOM, two);
        assertThat(wakeUps.heard).isEmpty();
        assertThat(feeds.size()).isZero();
    }

    @Test
    void manyWhoComeBackAtOnceShareTheReads() throws Exception {
        for (int i = 0; i < 8; i++) {
            history.append();
        }
        feeds.follow(ROOM, Optional.empty(), new RecordingFollower());
        int before = history.reads();
        CountDownLatch slow = history.hold();
        List<RecordingFollower> back =
                Stream.generate(RecordingFollower::new).limit(500).toList();
        List<Future<?>> joining = new ArrayList<>();
        for (RecordingFollower follower : back) {
            joining.add(threads.submit(() -> feeds.follow(ROOM, since(3), follower)));
        }
        Eventually.within(SOON).until(() -> feeds.followers().get(ROOM) == back.size() + 1);
        slow.countDown();
        for (Future<?> join : joining) {
            join.get();
        }
        for (RecordingFollower follower : back) {
            Eventually.within(SOON).untilAsserted(() -> assertThat(follower.told())
                    .containsExactly("recovered 3..e:8", "m4", "m5", "m6", "m7", "m8"));
        }
        // The one they found under way, one more for those who came after it began, and what is between coming and
        // asking.
        assertThat(history.reads() - before).isBetween(1, 10);
    }

    /** whenever a follower comes, with or without a position, while others publish: nothing twice, nothing missing, nothing out of order. */
    @Test
    void subscribingAndRecoveringWhileMessagesComeIsExact() throws Exception {
        feeds.start();
        int messages = 2_000;
        Future<?> publisher = threads.submit(() -> {
            for (int i = 0; i < messages; i++) {
                Carried message = history.append();
                if (i % 7 != 0) {
                    wakeUps.carry(message);
                }
                if (i % 11 == 0) {
                    wakeUps.carry(message);
                } else if (i % 13 == 0) {
                    wakeUps.wake();
                }
                Thread.yield();
            }
        });
        List<RecordingFollower> followers = new ArrayList<>();
        List<Long> from = new ArrayList<>();
        List<Future<?>> joining = new ArrayList<>();
        while (!publisher.isDone() && followers.size() < 400) {
            RecordingFollower follower = new RecordingFollower();
            long since = Math.max(0, history.head() - followers.size() % 40);
            boolean resumes = followers.size() % 3 != 0;
            followers.add(follower);
            from.add(resumes ? since : -1);
            joining.add(threads.submit(() -> feeds.follow(ROOM, resumes ? since(since) : Optional.empty(), follower)));
            Thread.yield();
        }
        publisher.get();
        for (Future<?> join : joining) {
            join.get();
        }
        Eventually.within(SOON).until(() -> feeds.poll() == 0);
        for (int i = 0; i < followers.size(); i++) {
            RecordingFollower follower = followers.get(i);
            long since = from.get(i);
            Eventually.within(SOON).untilAsserted(() -> assertExact(follower.told(), since, messages));
        }
    }

    private static void assertExact(List<String> told, long since, long last) {
        long start = since;
        if (since < 0) {
            assertThat(told.getFirst()).startsWith("subscribed e:");
            start = Long.parseLong(told.getFirst().substring("subscribed e:".length()));
        } else {
            assertThat(told.getFirst()).startsWith("recovered " + since + "..");
        }
        List<String> expected = LongStream.rangeClosed(start + 1, last)
                .mapToObj(offset -> "m" + offset)
                .toList();
        assertThat(told.subList(1, told.size())).isEqualTo(expected);
    }

    private static Optional<Position> since(long offset) {
        return Optional.of(new Position("e", offset));
    }

    private static final class ManualWakeUps implements WakeUps {

        private final Set<ChannelName> heard = new HashSet<>();
        private volatile Consumer<WakeUp> woken = wakeUp -> {};

        @Override
        public void start(Consumer<WakeUp> onWakeUp) {
            woken = onWakeUp;
        }

        @Override
        public synchronized void listen(ChannelName channel) {
            heard.add(channel);
        }

        @Override
        public synchronized void forget(ChannelName channel) {
            heard.remove(channel);
        }

        void wake() {
            woken.accept(WakeUp.of(ROOM));
        }

        void carry(Carried message) {
            woken.accept(new WakeUp(ROOM, Optional.of(message)));
        }
    }
}
