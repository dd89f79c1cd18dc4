package dev.drover.profile.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.profile.AccountId;
import dev.drover.profile.handles.Handle;
import dev.drover.profile.handles.HandleFence;
import dev.drover.profile.profiles.ProfileStore.Found;
import dev.drover.profile.profiles.ProfileStore.Outcome;
import dev.drover.profile.profiles.ProfileStore.Recall;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class RedisProfileStoreTest {

    @Inject
    ProfileStore store;

    @Inject
    HandleFence fence;

    @Inject
    RedisCalls redis;

    private final AccountId account =
            new AccountId(AccountId.PREFIX + Ids.derive(UUID.randomUUID().toString()));
    private final Profile initial = Profile.initial(account, AccountFacts.UNKNOWN, 0);

    @Test
    void whatWasWrittenIsReadBack() {
        ProfileContent content = new ProfileContent(
                new Handle("ada_1"),
                "Ada \ud83d\udc04",
                "one\ntwo",
                Optional.of(new MediaId("med_a1111111111111111111111111")),
                new Preferences("{\"a\":[1,\"\\u0000\"]}"));
        Instant before = Instant.now().minusSeconds(2);
        Outcome.Written written = (Outcome.Written) store.write(initial, content, Optional.empty());
        assertThat(written.version()).isEqualTo(1);
        assertThat(written.updatedAt()).isBetween(before, before.plusSeconds(10));
        assertThat(stored()).isEqualTo(new Profile(account, content, 1, written.updatedAt(), 1));
    }

    @Test
    void anAccountThatNeverWroteHasNothingStored() {
        assertThat(store.find(account)).isEqualTo(new Found.NeverWritten(0));
        assertThat(redis.send(Command.EXISTS, ProfileKeys.profile(account)).toInteger())
                .isZero();
    }

    @Test
    void aWriteOfAnotherVersionIsStaleAndChangesNothing() {
        write(initial, "first");
        assertThat(store.write(initial, named("second"), Optional.empty())).isEqualTo(new Outcome.Stale(1));
        assertThat(stored().content().displayName()).isEqualTo("first");
    }

    /** Attacks P-1. */
    @Test
    void ofManyWritersAtOneVersionExactlyOneWins() throws Exception {
        write(initial, "start");
        Profile read = stored();
        try (ExecutorService writers = Executors.newFixedThreadPool(16)) {
            List<Callable<Outcome>> attempts = IntStream.range(0, 64)
                    .<Callable<Outcome>>mapToObj(i -> () -> store.write(read, named("writer " + i), Optional.empty()))
                    .toList();
            long won = 0;
            for (Future<Outcome> attempt : writers.invokeAll(attempts)) {
                if (attempt.get() instanceof Outcome.Written) {
                    won++;
                } else {
                    assertThat(attempt.get()).isEqualTo(new Outcome.Stale(2));
                }
            }
            assertThat(won).isEqualTo(1);
        }
        assertThat(stored().version()).isEqualTo(2);
    }

    /** Attacks P-3. */
    @Test
    void aRepeatedWriteIsRecognisedEvenAfterOthers() {
        RequestMark mark = mark("body");
        assertThat(store.recall(account, mark)).isEqualTo(Recall.UNKNOWN);
        assertThat(store.write(initial, named("mine"), Optional.of(mark))).isInstanceOf(Outcome.Written.class);
        assertThat(store.write(initial, named("mine"), Optional.of(mark))).isEqualTo(new Outcome.Repeated());
        write(stored(), "another's");
        assertThat(store.write(initial, named("mine"), Optional.of(mark))).isEqualTo(new Outcome.Repeated());
        assertThat(store.write(stored(), named("mine"), Optional.of(mark))).isEqualTo(new Outcome.Repeated());
        assertThat(stored().content().displayName()).isEqualTo("another's");
        assertThat(store.recall(account, mark)).isEqualTo(Recall.REPEATED);
    }

    @Test
    void aNameUsedForAnotherRequestIsToldSo() {
        RequestMark mark = mark("body");
        store.write(initial, named("mine"), Optional.of(mark));
        RequestMark other = new RequestMark(mark.name(), "other");
        assertThat(store.recall(account, other)).isEqualTo(Recall.REUSED);
        assertThat(store.write(stored(), named("other"), Optional.of(other))).isEqualTo(new Outcome.Reused());
        assertThat(stored().version()).isEqualTo(1);
    }

    @Test
    void aRefusedWriteIsNotRemembered() {
        write(initial, "first");
        RequestMark mark = mark("body");
        assertThat(store.write(initial, named("late"), Optional.of(mark))).isEqualTo(new Outcome.Stale(1));
        assertThat(store.recall(account, mark)).isEqualTo(Recall.UNKNOWN);
    }

    @Test
    void writesAreRememberedForALimitedTime() {
        RequestMark mark = mark("body");
        store.write(initial, named("mine"), Optional.of(mark));
        long millis = redis.send(Command.PTTL, ProfileKeys.write(account, mark)).toLong();
        assertThat(Duration.ofMillis(millis)).isBetween(Duration.ofHours(23), Duration.ofHours(24));
    }

    /** Attacks P-5. */
    @Test
    void aFencedAccountCannotTakeTheHandleIntoUse() {
        Handle handle = new Handle("wanted_1");
        Profile read = initial;
        assertThat(fence.fence(account, handle)).isEqualTo(new HandleFence.Answer.Fenced(0));
        assertThat(store.write(read, with(read, handle), Optional.empty())).isEqualTo(new Outcome.Fenced());
        assertThat(store.find(account)).isEqualTo(new Found.NeverWritten(1));
        assertThat(store.write(read, named("same handle"), Optional.empty())).isInstanceOf(Outcome.Written.class);
    }

    @Test
    void aHandleInUseOrJustLeftIsNotFenced() {
        Handle first = new Handle("first_h");
        store.write(initial, with(initial, first), Optional.empty());
        assertThat(fence.fence(account, first)).isEqualTo(new HandleFence.Answer.InUse());
        store.write(stored(), with(stored(), new Handle("second_h")), Optional.empty());
        assertThat(fence.fence(account, first)).isEqualTo(new HandleFence.Answer.InUse());
        assertThat(stored().handleEpoch()).isEqualTo(2);
    }

    @Test
    void aReservationEnds() {
        Handle first = new Handle("first_h");
        store.write(initial, with(initial, first), Optional.empty());
        store.write(stored(), with(stored(), new Handle("second_h")), Optional.empty());
        leftAt(first, Instant.now().minus(Duration.ofDays(31)));
        assertThat(fence.fence(account, first)).isEqualTo(new HandleFence.Answer.Fenced(2));
    }

    /** Attacks P-7. */
    @Test
    void anAccountCanReserveOnlySoManyHandles() {
        for (int i = 0; i <= 5; i++) {
            assertThat(store.write(current(), with(current(), new Handle("handle_" + i)), Optional.empty()))
                    .isInstanceOf(Outcome.Written.class);
        }
        Profile read = stored();
        Outcome.Exhausted refused =
                (Outcome.Exhausted) store.write(read, with(read, new Handle("one_more")), Optional.empty());
        assertThat(refused.retryAfter()).isBetween(Duration.ofDays(29), Duration.ofDays(30));
        assertThat(stored()).isEqualTo(read);
        assertThat(store.write(read, with(read, new Handle("handle_3")), Optional.empty()))
                .as("taking a reserved one back frees its place")
                .isInstanceOf(Outcome.Written.class);
        leftAt(new Handle("handle_0"), Instant.now().minus(Duration.ofDays(31)));
        assertThat(store.write(stored(), with(stored(), new Handle("one_more")), Optional.empty()))
                .isInstanceOf(Outcome.Written.class);
    }

    @Test
    void allKeysOfAWriteAreInOneSlot() {
        assertThat(RedisProfileStore.keys(account, Optional.of(mark("body"))))
                .hasSize(4)
                .allMatch(key -> key.startsWith("drover:{" + account + "}:"));
    }

    private Profile current() {
        return store.find(account) instanceof Found.Written written ? written.profile() : initial;
    }

    private Profile stored() {
        return ((Found.Written) store.find(account)).profile();
    }

    private void write(Profile read, String displayName) {
        assertThat(store.write(read, named(displayName), Optional.empty())).isInstanceOf(Outcome.Written.class);
    }

    private ProfileContent named(String displayName) {
        return new ProfileContent(initial.content().handle(), displayName, "", Optional.empty(), Preferences.NONE);
    }

    private static ProfileContent with(Profile profile, Handle handle) {
        ProfileContent content = profile.content();
        return new ProfileContent(
                handle, content.displayName(), content.bio(), content.avatar(), content.preferences());
    }

    private RequestMark mark(String digest) {
        return new RequestMark(Ids.derive(account.value(), UUID.randomUUID().toString()), digest);
    }

    private void leftAt(Handle handle, Instant when) {
        redis.send(
                Command.ZADD,
                ProfileKeys.formerHandles(account),
                "XX",
                Long.toString(when.toEpochMilli()),
                handle.value());
    }
}
