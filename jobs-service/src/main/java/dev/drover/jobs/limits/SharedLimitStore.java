package dev.drover.jobs.limits;

import java.util.List;
import java.util.Optional;

import dev.drover.platform.jobs.QueueName;

/**
 * Limits that several queues share. A limit has a slot of its own; that a queue is under it stands with the queue. Setting one is several
 * steps, each of which may be repeated: a call that failed half-way is repeated as a whole.
 */
interface SharedLimitStore {

    /** A bound, because each is a key that operators look at. */
    int LIMITS_MAX = 1_000;

    List<LimitName> all();

    Optional<SharedLimit> find(LimitName name);

    /** How many places are taken now. */
    long taken(LimitName name);

    SetResult set(LimitName name, SharedLimit limit);

    /** What is gone already is fine. */
    void delete(LimitName name);

    sealed interface SetResult {
        record Done() implements SetResult {}

        /** Nothing was changed, unless the other was set at the same moment. */
        record UnderAnother(QueueName queue, String limit) implements SetResult {}

        record TooMany() implements SetResult {}
    }
}
