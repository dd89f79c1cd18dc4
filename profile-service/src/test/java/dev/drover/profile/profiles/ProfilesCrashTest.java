package dev.drover.profile.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.profile.AccountId;
import dev.drover.profile.handles.Handle;
import dev.drover.profile.handles.HandleChange;
import dev.drover.testing.RedisFixture;

/** An instance that dies between any two steps of a write that changes the handle, on real Redis. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class ProfilesCrashTest {

    @Inject
    ProfileStore store;

    @Inject
    AccountDirectory accounts;

    @Inject
    HandleChange handles;

    @Inject
    AvatarFiles avatars;

    @Inject
    ProfileSearch search;

    @Inject
    RedisCalls redis;

    private final WritePolicy policy = new WritePolicy(16, Duration.ofHours(1));
    private final AccountId ada = account();
    private final AccountId eve = account();
    private final Handle first = handle();
    private final Handle second = handle();

    /** Where the instance dies. */
    enum Crash {
        BEFORE_THE_PROFILE_IS_WRITTEN,
        AFTER_THE_PROFILE_IS_WRITTEN
    }

    /** Attacks P-3, P-5 and P-6. */
    @ParameterizedTest
    @EnumSource
    void aRetryOnAnotherInstanceCompletesTheChangeOnce(Crash crash) {
        change(profiles(), ada, first, Optional.empty());
        RequestMark mark = new RequestMark(Ids.derive(UUID.randomUUID().toString()), "digest");
        Profiles dying = new Profiles(new DyingStore(crash), accounts, handles, avatars, policy);
        assertThatThrownBy(() -> change(dying, ada, second, Optional.of(mark)))
                .isInstanceOf(StoreUnavailableException.class);

        WriteResult.Done retried = (WriteResult.Done) change(profiles(), ada, second, Optional.of(mark));

        assertThat(retried.repeated()).isEqualTo(crash == Crash.AFTER_THE_PROFILE_IS_WRITTEN);
        assertThat(retried.profile().content().handle()).isEqualTo(second);
        assertThat(retried.profile().version()).isEqualTo(2);
        makeOld(first);
        makeOld(second);
        assertThat(change(profiles(), eve, second, Optional.empty()))
                .as("in use")
                .isEqualTo(new WriteResult.HandleTaken(second));
        assertThat(change(profiles(), eve, first, Optional.empty()))
                .as("reserved, with or without the last step")
                .isEqualTo(new WriteResult.HandleTaken(first));
    }

    /** Attacks P-5: nobody retries, and another account wants the handle. */
    @Test
    void aHandleClaimedByTheDeadIsNotLost() {
        Profiles dying =
                new Profiles(new DyingStore(Crash.BEFORE_THE_PROFILE_IS_WRITTEN), accounts, handles, avatars, policy);
        assertThatThrownBy(() -> change(dying, ada, first, Optional.empty()))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(change(profiles(), eve, first, Optional.empty()))
                .as("the holder may still be at it")
                .isEqualTo(new WriteResult.HandleTaken(first));
        makeOld(first);
        assertThat(change(profiles(), eve, first, Optional.empty())).isInstanceOf(WriteResult.Done.class);
        assertThat(change(profiles(), ada, first, Optional.empty())).isEqualTo(new WriteResult.HandleTaken(first));
    }

    /** Attacks P-5: the holder was paused after its claim, and wakes up when the handle is another's. */
    @Test
    void anInstanceThatWakesUpTooLateIsRefused() {
        PausingStore paused = new PausingStore();
        Profiles sleepy = new Profiles(paused, accounts, handles, avatars, policy);
        paused.meanwhile = () -> {
            makeOld(first);
            assertThat(change(profiles(), eve, first, Optional.empty())).isInstanceOf(WriteResult.Done.class);
        };
        assertThat(change(sleepy, ada, first, Optional.empty())).isEqualTo(new WriteResult.HandleTaken(first));
        assertThat(profiles().own(ada).content().handle()).isEqualTo(Handle.defaultOf(ada));
        assertThat(profiles().own(eve).content().handle()).isEqualTo(first);
    }

    /** Attacks P-9: wherever the change stops, the index finds the handle that is shown and nothing that is not. */
    @ParameterizedTest
    @EnumSource
    void whoeverDiesAHandleThatIsShownIsFoundAndNoOther(Crash crash) {
        change(profiles(), ada, first, Optional.empty());
        Profiles dying = new Profiles(new DyingStore(crash), accounts, handles, avatars, policy);
        assertThatThrownBy(() -> change(dying, ada, second, Optional.empty()))
                .isInstanceOf(StoreUnavailableException.class);
        boolean isWritten = crash == Crash.AFTER_THE_PROFILE_IS_WRITTEN;
        assertThat(isFound(second)).isEqualTo(isWritten);
        assertThat(isFound(first)).isEqualTo(!isWritten);

        change(profiles(), ada, second, Optional.empty());
        change(profiles(), ada, first, Optional.empty());
        handles.left(first, ada, 1);
        assertThat(isFound(first)).as("a late end of an earlier change").isTrue();
        assertThat(isFound(second)).isFalse();
    }

    private boolean isFound(Handle handle) {
        return search.find(handle.value(), Optional.empty(), 10).profiles().stream()
                .anyMatch(profile -> profile.content().handle().equals(handle));
    }

    @Test
    void aWriteThatAlwaysComesSecondGivesUp() {
        ProfileStore busy = new PassingStore() {
            @Override
            public Outcome write(Profile read, ProfileContent next, Optional<RequestMark> mark) {
                return new Outcome.Stale(read.version() + 1);
            }
        };
        assertThat(change(new Profiles(busy, accounts, handles, avatars, policy), ada, first, Optional.empty()))
                .isEqualTo(new WriteResult.Busy());
    }

    private Profiles profiles() {
        return new Profiles(store, accounts, handles, avatars, policy);
    }

    private static WriteResult change(Profiles profiles, AccountId account, Handle handle, Optional<RequestMark> mark) {
        return profiles.write(account, OptionalLong.empty(), mark, current -> {
            ProfileContent content = current.content();
            return new ProfileEdit.Result.Accepted(new ProfileContent(
                    handle, content.displayName(), content.bio(), content.avatar(), content.preferences()));
        });
    }

    /** As if the claim had been made longer ago than the grace period. */
    private void makeOld(Handle handle) {
        redis.send(Command.HSET, "drover:{handle:" + handle + "}:claim", "claimedAt", "0");
    }

    private static AccountId account() {
        return new AccountId(AccountId.PREFIX + Ids.derive(UUID.randomUUID().toString()));
    }

    private static Handle handle() {
        return new Handle("h_" + Ids.derive(UUID.randomUUID().toString()));
    }

    private class PassingStore implements ProfileStore {

        @Override
        public Found find(AccountId id) {
            return store.find(id);
        }

        @Override
        public Uni<Found> findAsync(AccountId id) {
            return store.findAsync(id);
        }

        @Override
        public List<Found> findAll(List<AccountId> ids) {
            return store.findAll(ids);
        }

        @Override
        public Recall recall(AccountId id, RequestMark mark) {
            return store.recall(id, mark);
        }

        @Override
        public Outcome write(Profile read, ProfileContent next, Optional<RequestMark> mark) {
            return store.write(read, next, mark);
        }
    }

    private final class DyingStore extends PassingStore {

        private final Crash crash;

        private DyingStore(Crash crash) {
            this.crash = crash;
        }

        @Override
        public Outcome write(Profile read, ProfileContent next, Optional<RequestMark> mark) {
            if (crash == Crash.AFTER_THE_PROFILE_IS_WRITTEN) {
                super.write(read, next, mark);
            }
            throw new StoreUnavailableException("this instance", null);
        }
    }

    private final class PausingStore extends PassingStore {

        private Runnable meanwhile;

        @Override
        public Outcome write(Profile read, ProfileContent next, Optional<RequestMark> mark) {
            Runnable once = meanwhile;
            meanwhile = () -> {};
            once.run();
            return super.write(read, next, mark);
        }
    }
}
