package dev.drover.auth.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.inject.Inject;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.drover.auth.ServiceTest;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.Eventually;

/** A-13, on a real Redis, with errands that only remember. */
@ServiceTest
class ErrandsTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @Inject
    ErrandStore store;

    @Inject
    RedisCalls redis;

    @Inject
    Ids ids;

    private final List<String> carriedOut = new ArrayList<>();
    private final Set<String> unfinished = new HashSet<>();
    private String account;

    @BeforeEach
    void nobodyIsNoted() {
        redis.send(Command.DEL, "drover:{errands}:due", "drover:{errands}:noted");
        account = "usr_" + ids.random();
    }

    @Test
    void whatAChangeLeftIsCarriedOutAndTheAccountStruckOff() {
        Errands errands = errands(Duration.ofMillis(1), Duration.ofMillis(1));
        errands.during(account, () -> "changed");
        assertThat(errands.run()).isEqualTo(1);
        assertThat(carriedOut).containsExactly(account);
        Eventually.within(SOON).until(() -> errands.run() == 0 && noted() == 0);
    }

    @Test
    void anAccountIsKeptWhileAChangeMayStillBeUnderWay() {
        Errands errands = errands(Duration.ofMillis(1), Duration.ofHours(1));
        errands.during(account, () -> {
            errands.run();
            return "changed";
        });
        Eventually.within(SOON).until(() -> errands.run() == 1);
        assertThat(noted()).isEqualTo(1);
    }

    @Test
    void anAccountIsOneInstancesForTheLease() {
        store.note(account);
        Errands one = errands(Duration.ofHours(1), Duration.ofHours(1));
        Errands other = errands(Duration.ofHours(1), Duration.ofHours(1));
        assertThat(one.run() + other.run()).isEqualTo(1);
    }

    @Test
    void whatCannotBeDoneNowStaysNoted() {
        Errands errands = errands(Duration.ofMillis(1), Duration.ofMillis(1));
        unfinished.add(account);
        store.note(account);
        Eventually.within(SOON).until(() -> errands.run() == 1 && carriedOut.size() > 3);
        unfinished.clear();
        Eventually.within(SOON).until(() -> errands.run() == 0 && noted() == 0);
    }

    @Test
    void aNoteThatIsRenewedMeanwhileIsNotStruckOff() {
        store.note(account);
        ErrandStore.Noted taken = store.take(1, Duration.ofMillis(1)).getFirst();
        Eventually.within(SOON).until(() -> {
            store.note(account);
            return !store.take(1, Duration.ofMillis(1)).contains(taken);
        });
        store.settle(taken, Duration.ZERO);
        assertThat(noted()).isEqualTo(1);
    }

    private int noted() {
        return redis.send(Command.HLEN, "drover:{errands}:noted").toInteger();
    }

    private Errands errands(Duration lease, Duration grace) {
        Errand remembering = accounts -> {
            carriedOut.addAll(accounts);
            return unfinished;
        };
        return new Errands(store, List.of(remembering), new ErrandPolicy(10, lease, grace));
    }
}
