package dev.drover.realtime.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.StoreUnavailableException;

/** That a socket counts as long as it is open, and no longer, whatever the store did when it ended. */
class ConnectionsTest {

    private final Counted store = new Counted();
    private final Connections connections = new Connections(store, "me", Map::of, order -> {});

    @Test
    void aSocketThatEndsWhileTheStoreIsAwayCountsNoMoreWhenItIsBack() {
        connections.admit(socket("me~1"));
        store.away = true;
        connections.release("me~1");
        assertThat(store.counted).containsExactly("me~1");

        store.away = false;
        connections.runOnce();
        assertThat(store.counted).isEmpty();
    }

    @Test
    void aSocketWhoseAdmissionWasCarriedOutButNotAnsweredCountsNoMoreAfterTheNextRound() {
        store.silent = true;
        assertThatThrownBy(() -> connections.admit(socket("me~1"))).isInstanceOf(StoreUnavailableException.class);
        assertThat(store.counted).containsExactly("me~1");

        store.silent = false;
        connections.runOnce();
        assertThat(store.counted).isEmpty();
    }

    @Test
    void aThousandSocketsThatEndAtOnceAreReleasedByAFewCallsAtATime() throws Exception {
        List<String> all = IntStream.range(0, 1_000).mapToObj(i -> "me~" + i).toList();
        all.forEach(id -> connections.admit(socket(id)));
        store.held = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(id -> threads.execute(() -> connections.release(id)));
            store.atWork.await();
            store.held.countDown();
        }

        assertThat(store.counted).isEmpty();
        assertThat(store.atOnceMax).hasValue(Counted.AT_ONCE);
    }

    private static OpenConnection socket(String id) {
        return new OpenConnection(id, "usr_1", "ses_1", Instant.EPOCH);
    }

    /** Counts sockets, and who calls at the same time. */
    private static final class Counted implements ConnectionStore {

        static final int AT_ONCE = 8;

        final Set<String> counted = ConcurrentHashMap.newKeySet();
        final AtomicInteger atOnce = new AtomicInteger();
        final AtomicInteger atOnceMax = new AtomicInteger();
        final CountDownLatch atWork = new CountDownLatch(AT_ONCE);
        volatile CountDownLatch held = new CountDownLatch(0);
        volatile boolean away;
        volatile boolean silent;

        @Override
        public boolean admit(String sub, String id, List<String> instances) {
            counted.add(id);
            answer(silent);
            return true;
        }

        @Override
        public void release(String sub, String id) {
            atOnceMax.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                atWork.countDown();
                held.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                atOnce.decrementAndGet();
            }
            answer(away);
            counted.remove(id);
        }

        private static void answer(boolean not) {
            if (not) {
                throw new StoreUnavailableException("Redis", null);
            }
        }

        @Override
        public List<String> enlist(String holder) {
            return List.of(holder);
        }

        @Override
        public List<String> instances() {
            return List.of("me");
        }

        @Override
        public void strikeOff(String holder) {
            counted.clear();
        }

        @Override
        public Optional<List<String>> report(String holder, boolean fresh, Changes changes) {
            return Optional.of(List.of());
        }

        @Override
        public List<OpenConnection> ofAccount(String sub) {
            return List.of();
        }

        @Override
        public List<OpenConnection> ofInstance(String holder, String after, int limit) {
            return List.of();
        }

        @Override
        public int subscribers(String holder, ChannelName channel) {
            return 0;
        }

        @Override
        public boolean give(String holder, Order order) {
            return true;
        }
    }
}
