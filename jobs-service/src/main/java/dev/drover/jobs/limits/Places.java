package dev.drover.jobs.limits;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.drover.platform.jobs.JobId;

/**
 * Places under limits that several queues share. A job has one for as long as its lease lasts, and a little longer; a place that nobody
 * gives back ends by itself. So no more jobs are leased than there are places, as long as the clocks of the two Redis servers, of the
 * limit and of the queue, agree to within {@link #LONGER_THAN_A_LEASE}.
 */
public interface Places {

    /** By how much a place outlives the lease it is for. */
    Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(1);

    /** For how long places are held that are not yet any job's. */
    Duration RESERVED_FOR = Duration.ofSeconds(5);

    /** Takes as many places as there are, at most so many, for {@link #RESERVED_FOR}. */
    Reservation reserve(LimitName limit, int wanted);

    /**
     * The jobs that were leased have places now; what is left over is given back.
     *
     * @param places one for each job, as {@link #place} names them
     * @return how many of the jobs have one: fewer when the reservation had ended meanwhile
     */
    int assign(LimitName limit, Reservation.Granted reservation, Duration lease, List<String> places);

    /** To be called before the leases are extended. */
    void extend(LimitName limit, Duration lease, List<String> places);

    void release(LimitName limit, List<String> places);

    static String place(JobId id, long fencingToken) {
        return id + " " + fencingToken;
    }

    sealed interface Reservation {
        /** @param again when there may be more; empty when that is not known */
        record Granted(String name, int places, Optional<Duration> again) implements Reservation {}

        /** There is no such limit any more. */
        record Unlimited() implements Reservation {}
    }
}
