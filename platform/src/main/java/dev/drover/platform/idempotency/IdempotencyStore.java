package dev.drover.platform.idempotency;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.mutiny.Uni;

/**
 * Where intentions and their answers are. Every method is one atomic step in one slot and may be repeated; leases end by the store's own
 * clock. A run is a random name: a run whose lease ended changes nothing any more.
 */
interface IdempotencyStore {

    /** @param superseded the run whose answer no longer holds and gives way to this one */
    ClaimResult begin(RecordSeal seal, String run, Duration lease, Optional<String> superseded);

    /** What {@link #begin} would find, without claiming anything: never {@link ClaimResult.Begun}. */
    ClaimResult look(RecordSeal seal);

    /** For the timer beside a run. False when the claim is no longer the run's. */
    Uni<Boolean> renew(RecordSeal seal, String run, Duration lease);

    /** False, and nothing is recorded, when the claim is no longer the run's. */
    boolean finish(RecordSeal seal, String run, String answer, Duration retention);

    /** Frees the intention at once; false, and nothing changes, when the claim is no longer the run's or it is answered. */
    Uni<Boolean> abandon(RecordSeal seal, String run);
}
