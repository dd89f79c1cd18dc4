package dev.drover.profile.handles;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.profile.AccountId;
import dev.drover.testing.RedisFixture;

/** The claim on real Redis, and what a crash or a pause between two steps can do to it. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class HandleChangeTest {

    private static final Duration RESERVATION = Duration.ofDays(30);

    @Inject
    HandleClaims claims;

    @Inject
    HandleFence fence;

    @Inject
    HandleIndex index;

    @Inject
    RedisCalls redis;

    private final AccountId ada = account();
    private final AccountId eve = account();
    private final Handle handle = new Handle("h_" + Ids.derive(UUID.randomUUID().toString()));
    private HandleChange patient;
    private HandleChange impatient;

    @BeforeEach
    void policies() {
        patient = new HandleChange(claims, fence, index, new HandlePolicy(RESERVATION, 5, Duration.ofMinutes(1)));
        impatient = new HandleChange(claims, fence, index, new HandlePolicy(RESERVATION, 5, Duration.ZERO));
    }

    @Test
    void aFreeHandleIsClaimedAndClaimingAgainChangesNothing() {
        assertThat(patient.claim(handle, ada, 0)).isTrue();
        assertThat(patient.claim(handle, ada, 0)).isTrue();
        assertThat(owner()).isEqualTo(ada.value());
    }

    /** Attacks P-4. */
    @Test
    void ofManyAccountsExactlyOneGetsTheHandle() throws Exception {
        try (ExecutorService accounts = Executors.newFixedThreadPool(16)) {
            List<Callable<Boolean>> attempts = IntStream.range(0, 64)
                    .<Callable<Boolean>>mapToObj(i -> () -> patient.claim(handle, account(), 0))
                    .toList();
            int won = 0;
            for (Future<Boolean> attempt : accounts.invokeAll(attempts)) {
                won += attempt.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
    }

    @Test
    void aFreshClaimIsLeftAlone() {
        patient.claim(handle, ada, 0);
        assertThat(patient.claim(handle, eve, 0)).isFalse();
        assertThat(epoch(ada)).as("the holder was not disturbed").isNull();
    }

    /** Attacks P-5: the holder died after the claim. */
    @Test
    void aClaimThatWasNeverTakenIntoUseCanBeTakenOver() {
        impatient.claim(handle, ada, 0);
        assertThat(impatient.claim(handle, eve, 0)).isTrue();
        assertThat(owner()).isEqualTo(eve.value());
        assertThat(epoch(ada))
                .as("what the holder may still have under way is void")
                .isEqualTo("1");
    }

    /** Attacks P-5: the holder was slow, not dead, and claims again before the taker comes to its last step. */
    @Test
    void aTakerThatComesLateIsRefused() {
        claims.claim(handle, ada, 0);
        HandleFence.Answer.Fenced fenced = (HandleFence.Answer.Fenced) fence.fence(ada, handle);
        claims.claim(handle, ada, 1);
        assertThat(claims.takeOver(handle, ada, fenced.voidEpoch(), eve, 0)).isFalse();
        assertThat(owner()).isEqualTo(ada.value());
    }

    @Test
    void takingOverTwiceChangesNothing() {
        claims.claim(handle, ada, 0);
        assertThat(claims.takeOver(handle, ada, 0, eve, 0)).isTrue();
        assertThat(claims.takeOver(handle, ada, 0, eve, 0)).isTrue();
        assertThat(claims.takeOver(handle, ada, 0, account(), 0)).isFalse();
    }

    @Test
    void aHandleInUseIsNotTakenOver() {
        impatient.claim(handle, ada, 0);
        show(ada);
        assertThat(impatient.claim(handle, eve, 0)).isFalse();
        assertThat(owner()).isEqualTo(ada.value());
    }

    /** Attacks P-6: the holder died before the claim got its expiry. */
    @Test
    void aHandleThatWasLeftIsReservedWithOrWithoutExpiry() {
        impatient.claim(handle, ada, 0);
        redis.send(
                Command.ZADD, "drover:{" + ada + "}:former-handles", "" + System.currentTimeMillis(), handle.value());
        assertThat(impatient.claim(handle, eve, 0)).isFalse();
        impatient.left(handle, ada, 0);
        assertThat(ttl()).isBetween(RESERVATION.minusMinutes(1), RESERVATION);
        assertThat(impatient.claim(handle, eve, 0)).isFalse();
        assertThat(impatient.claim(handle, ada, 1))
                .as("its former owner may have it back")
                .isTrue();
        assertThat(ttl()).as("for good").isNegative();
    }

    /** Attacks P-5: a step 3 that was paused while its account took the handle back. */
    @Test
    void aLateReservationDoesNotTouchANewerClaim() {
        patient.claim(handle, ada, 3);
        patient.left(handle, ada, 2);
        assertThat(ttl()).isNegative();
    }

    @Test
    void aLateClaimDoesNotMakeANewerOneLookOld() {
        patient.claim(handle, ada, 3);
        patient.claim(handle, ada, 1);
        patient.left(handle, ada, 2);
        assertThat(ttl()).isNegative();
    }

    /** Attacks P-7: a handle kept from others by asking for it over and over. */
    @Test
    void claimingAgainDoesNotMakeAClaimYounger() {
        patient.claim(handle, ada, 0);
        redis.send(Command.HSET, HandleKeys.claim(handle), "claimedAt", "0");
        patient.claim(handle, ada, 0);
        assertThat(patient.claim(handle, eve, 0)).isTrue();
    }

    @Test
    void someoneElsesReservationIsNoneOfOurBusiness() {
        patient.claim(handle, ada, 0);
        patient.left(handle, eve, 9);
        assertThat(ttl()).isNegative();
    }

    @Test
    void defaultHandlesNeedNoClaimAndAreForTheirAccountOnly() {
        assertThat(patient.claim(Handle.defaultOf(ada), ada, 0)).isTrue();
        assertThat(patient.claim(Handle.defaultOf(ada), eve, 0)).isFalse();
        patient.left(Handle.defaultOf(ada), ada, 0);
        assertThat(redis.send(Command.EXISTS, HandleKeys.claim(Handle.defaultOf(ada)))
                        .toInteger())
                .isZero();
    }

    private static AccountId account() {
        return new AccountId(AccountId.PREFIX + Ids.derive(UUID.randomUUID().toString()));
    }

    private String owner() {
        return redis.send(Command.HGET, HandleKeys.claim(handle), "owner").toString();
    }

    private Duration ttl() {
        return Duration.ofMillis(
                redis.send(Command.PTTL, HandleKeys.claim(handle)).toLong());
    }

    private String epoch(AccountId account) {
        var value = redis.send(Command.HGET, "drover:{" + account + "}:profile", "handleEpoch");
        return value == null ? null : value.toString();
    }

    private void show(AccountId account) {
        redis.send(Command.HSET, "drover:{" + account + "}:profile", "handle", handle.value());
    }
}
