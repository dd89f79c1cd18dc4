package dev.drover.realtime.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.realtime.presence.Presences.PresencePolicy;
import dev.drover.testing.MutableClock;

class PresencesTest {

    private static final ChannelName ROOM = new ChannelName("room:42");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Heard store = new Heard();
    private final Presences presences = new Presences(
            store, "me", new PresencePolicy(Duration.ofSeconds(2), Duration.ofSeconds(5), 3), clock, threads);

    @AfterEach
    void stop() {
        threads.close();
    }

    @Test
    void whatHappensBetweenTwoRoundsIsOneWord() {
        presences.join(ROOM, "usr_1");
        presences.join(ROOM, "usr_1");
        presences.join(ROOM, "usr_2");
        presences.runOnce();
        presences.runOnce();
        assertThat(store.words).containsExactly("fresh {usr_1=2, usr_2=1}");
    }

    @Test
    void whoAsksFindsWhatHasYetToBeSaidOfTheChannelAndOfNoOther() {
        presences.join(ROOM, "usr_1");
        presences.join(new ChannelName("room:43"), "usr_2");
        presences.sayNow(ROOM);
        assertThat(store.words).containsExactly("fresh {usr_1=1}");
        presences.sayNow(ROOM);
        presences.sayNow(new ChannelName("room:44"));
        assertThat(store.words).hasSize(1);
        presences.runOnce();
        assertThat(store.words).containsExactly("fresh {usr_1=1}", "fresh {usr_2=1}");
    }

    @Test
    void whoComesBackSoonHasNotBeenAway() {
        presences.join(ROOM, "usr_1");
        presences.runOnce();
        presences.leave(ROOM, "usr_1");
        clock.advance(Duration.ofSeconds(1));
        presences.runOnce();
        presences.join(ROOM, "usr_1");
        clock.advance(Duration.ofSeconds(2));
        presences.runOnce();
        assertThat(store.words).containsExactly("fresh {usr_1=1}", "{usr_1=1}");

        presences.leave(ROOM, "usr_1");
        clock.advance(Duration.ofSeconds(2));
        presences.runOnce();
        assertThat(store.words).last().isEqualTo("{usr_1=0}");
        assertThat(presences.size()).isZero();
    }

    @Test
    void aChannelIsRenewedByOneCallWhoeverFollowsIt() {
        for (int i = 0; i < 9; i++) {
            presences.join(ROOM, "usr_" + i);
        }
        presences.runOnce();
        assertThat(store.words).hasSize(3);
        clock.advance(Duration.ofSeconds(5));
        presences.runOnce();
        presences.runOnce();
        assertThat(store.words).hasSize(4).last().isEqualTo("{}");
    }

    @Test
    void whatWasNotHeardIsSaidAgain() {
        store.silent = true;
        presences.join(ROOM, "usr_1");
        presences.runOnce();
        store.silent = false;
        presences.runOnce();
        assertThat(store.words).containsExactly("fresh {usr_1=1}");
    }

    @Test
    void anInstanceThatWasThoughtDeadSaysEverythingAgain() {
        presences.join(ROOM, "usr_1");
        presences.join(ROOM, "usr_2");
        presences.runOnce();
        store.lost = true;
        presences.leave(ROOM, "usr_2");
        clock.advance(Duration.ofSeconds(5));
        presences.runOnce();
        assertThat(store.words).containsExactly("fresh {usr_1=1, usr_2=1}", "sweep me", "fresh {usr_1=1}");
    }

    @Test
    void theDeadItHearsOfAreSwept() {
        presences.join(ROOM, "usr_1");
        store.expired = List.of("dead");
        presences.runOnce();
        assertThat(store.words).containsExactly("fresh {usr_1=1}", "sweep dead");
    }

    /** A store that writes down what it hears. */
    private static final class Heard implements PresenceStore {

        final List<String> words = new ArrayList<>();
        boolean silent;
        boolean lost;
        List<String> expired = List.of();

        @Override
        public Said say(ChannelName channel, String holder, boolean fresh, Map<String, Integer> connections) {
            if (silent) {
                throw new StoreUnavailableException("Redis", null);
            }
            if (lost) {
                lost = false;
                return new Said.Lost();
            }
            words.add((fresh ? "fresh " : "") + connections);
            return new Said.Taken(
                    connections.values().stream().allMatch(count -> count == 0) && !connections.isEmpty() ? 0 : 1,
                    expired);
        }

        @Override
        public long sweep(ChannelName channel, String holder, boolean own) {
            words.add("sweep " + holder);
            return 0;
        }

        @Override
        public Page read(ChannelName channel, String after, int limit) {
            return new Page(0, List.of(), List.of());
        }
    }
}
