package dev.drover.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.restassured.response.Response;

/**
 * A POST with an Idempotency-Key under attack: the N-th call to Redis fails, for N = 1, 2, …, before and after it was carried out.
 * Whatever failed, the client repeats its request and gets what it asked for, and from then on the same answer. That the record of an
 * answer is the call that fails stands for an instance that dies between the deed and the record.
 */
public final class KeyedPostFaults {

    private static final int CALLS_MAX = 40;
    private static final Duration LEASE_AND_MORE = Duration.ofSeconds(10);

    private static final Integer[] DONE = {200, 201, 202, 204};

    private KeyedPostFaults() {}

    /** One intention. */
    public interface Attempt {

        /** The same request with the same key each time. */
        Response send();

        /** That what the answer tells of is there, once. */
        void verify(Response answer);
    }

    /** @param callsMin what the request takes at least; with fewer faults the attack would have missed it */
    public static void survives(int callsMin, Supplier<Attempt> intentions) {
        survives(callsMin, intentions, true);
    }

    /** As {@link #survives}, of a DELETE: it is its own key. */
    public static void survivesAsDelete(int callsMin, Supplier<Attempt> intentions) {
        survives(callsMin, intentions, false);
    }

    private static void survives(int callsMin, Supplier<Attempt> intentions, boolean isKeyed) {
        RedisFaults faults = RedisFaults.ofTheApplication();
        for (RedisFaults.When when : RedisFaults.When.values()) {
            int number = 0;
            boolean struck;
            do {
                number++;
                Attempt attempt = intentions.get();
                faults.failCall(number, when);
                Response first = attempt.send();
                struck = faults.heal();
                assertThat(first.statusCode())
                        .as("call %d, %s: %s", number, when, first.asString())
                        .isIn(200, 201, 202, 204, 503);
                verifyRepeats(attempt, first, isKeyed);
            } while (struck && number < CALLS_MAX);
            assertThat(number).as("calls that were made to fail, %s", when).isBetween(callsMin, CALLS_MAX - 1);
        }
    }

    private static void verifyRepeats(Attempt attempt, Response first, boolean isKeyed) {
        Response settled = settled(attempt);
        Response again = settled(attempt);
        assertThat(again.statusCode()).isEqualTo(settled.statusCode());
        assertThat(again.asByteArray()).isEqualTo(settled.asByteArray());
        if (isKeyed) {
            assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        }
        if (first.statusCode() < 300 && !first.asString().isEmpty()) {
            assertThat(settled.<String>path("id")).isEqualTo(first.path("id"));
        }
        attempt.verify(settled);
    }

    /** What a client gets that does as it is told: it repeats a 409 that says when. */
    private static Response settled(Attempt attempt) {
        AtomicReference<Response> last = new AtomicReference<>();
        Eventually.within(LEASE_AND_MORE).untilAsserted(() -> {
            last.set(attempt.send());
            assertThat(last.get().statusCode()).as(last.get().asString()).isIn((Object[]) DONE);
        });
        return last.get();
    }
}
