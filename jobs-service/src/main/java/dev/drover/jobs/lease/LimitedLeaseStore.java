package dev.drover.jobs.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.inject.Singleton;

import dev.drover.jobs.lease.RedisLeaseStore.Offer;
import dev.drover.jobs.limits.LimitName;
import dev.drover.jobs.limits.Places;
import dev.drover.jobs.limits.Places.Reservation;
import dev.drover.platform.jobs.QueueName;

/**
 * Leases under limits that queues share. Queue and limit lie in different slots, so a lease of such a queue is three steps: places are
 * reserved, jobs are leased, the places become theirs. Whoever dies in between leaves places that end by themselves, a few jobs too few
 * meanwhile and never one too many; jobs whose reservation had ended are handed back before anybody has them. Queues that share nothing
 * take one step, as ever.
 */
@Singleton
final class LimitedLeaseStore implements LeaseStore {

    private final RedisLeaseStore queues;
    private final Places places;
    private final SharingQueues sharing;

    LimitedLeaseStore(RedisLeaseStore queues, Places places, SharingQueues sharing) {
        this.queues = queues;
        this.places = places;
        this.sharing = sharing;
    }

    @Override
    public Batch lease(QueueName queue, LeaseTerms terms) {
        return switch (queues.lease(queue, terms, OptionalInt.empty())) {
            case Offer.Taken(Batch batch) -> batch;
            case Offer.Shared shared -> lease(queue, terms, shared);
        };
    }

    private Batch lease(QueueName queue, LeaseTerms terms, Offer.Shared shared) {
        sharing.note(queue, shared.limit());
        return switch (places.reserve(shared.limit(), shared.ready())) {
            case Reservation.Unlimited none -> taken(queue, terms, shared.ready());
            case Reservation.Granted granted -> {
                if (granted.places() == 0) {
                    yield new Batch(List.of(), granted.again());
                }
                Batch batch = taken(queue, terms, granted.places());
                yield new Batch(placed(batch.leases(), terms, shared.limit(), granted), batch.nextDue());
            }
        };
    }

    private Batch taken(QueueName queue, LeaseTerms terms, int count) {
        return switch (queues.lease(queue, terms, OptionalInt.of(count))) {
            case Offer.Taken(Batch batch) -> batch;
            case Offer.Shared again -> throw new IllegalStateException("places were asked for: " + again);
        };
    }

    private List<Lease> placed(List<Lease> leases, LeaseTerms terms, LimitName limit, Reservation.Granted granted) {
        List<Hold> holds = leases.stream().map(Lease::hold).toList();
        int assigned = places.assign(limit, granted, terms.length(), names(holds));
        holds.subList(assigned, holds.size()).forEach(queues::handBack);
        return leases.subList(0, assigned);
    }

    @Override
    public HoldResult extend(Hold hold, Duration length) {
        return extendAll(List.of(hold), length).getFirst();
    }

    /** The places first, so that none ends before its lease. */
    @Override
    public List<HoldResult> extendAll(List<Hold> holds, Duration length) {
        if (holds.isEmpty()) {
            return List.of();
        }
        limit(holds.getFirst()).ifPresent(limit -> places.extend(limit, length, names(holds)));
        return queues.extendAll(holds, length);
    }

    @Override
    public HoldResult report(Hold hold, OptionalInt percent, Optional<String> checkpoint) {
        return queues.report(hold, percent, checkpoint);
    }

    @Override
    public SettleResult complete(Hold hold, Optional<String> result) {
        return completeAll(List.of(new Completion(hold, result))).getFirst();
    }

    @Override
    public List<SettleResult> completeAll(List<Completion> completions) {
        if (completions.isEmpty()) {
            return List.of();
        }
        List<SettleResult> results = queues.completeAll(completions);
        limit(completions.getFirst().hold()).ifPresent(limit -> {
            List<Hold> over = new ArrayList<>();
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i) instanceof SettleResult.Settled) {
                    over.add(completions.get(i).hold());
                }
            }
            release(limit, over);
        });
        return results;
    }

    @Override
    public SettleResult fail(Hold hold, Verdict verdict, String detail) {
        return settled(hold, queues.fail(hold, verdict, detail));
    }

    @Override
    public SettleResult handBack(Hold hold) {
        return settled(hold, queues.handBack(hold));
    }

    private SettleResult settled(Hold hold, SettleResult result) {
        if (result instanceof SettleResult.Settled) {
            limit(hold).ifPresent(limit -> release(limit, List.of(hold)));
        }
        return result;
    }

    private void release(LimitName limit, List<Hold> over) {
        if (!over.isEmpty()) {
            places.release(limit, names(over));
        }
    }

    private Optional<LimitName> limit(Hold hold) {
        return sharing.limit(hold.id().queue());
    }

    private static List<String> names(List<Hold> holds) {
        return holds.stream()
                .map(hold -> Places.place(hold.id(), hold.fencingToken()))
                .toList();
    }
}
