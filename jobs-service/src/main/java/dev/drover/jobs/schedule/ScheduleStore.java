package dev.drover.jobs.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Schedules and their ticks. Each change is one atomic step. A call that fails with
 * {@link dev.drover.platform.redis.StoreUnavailableException} may have been carried out.
 */
interface ScheduleStore {

    Optional<Schedule> find(ScheduleName name);

    /** In the order of their names, those after {@code after}, at most {@code limit}. */
    List<Schedule> list(Optional<ScheduleName> after, int limit);

    /** @param expected the version it must be at: empty for none yet */
    PutResult put(
            ScheduleName name, Definition definition, Expected expected, Optional<Definition.Tick> next, Instant now);

    DeleteResult delete(ScheduleName name, Expected expected);

    /** @param next from when it goes on; for a pause empty */
    PauseResult pause(Schedule schedule, boolean paused, Optional<Definition.Tick> next);

    /**
     * The schedules whose next tick is due, at most {@code limit}, the most overdue first. They are read after that was found out, so one that
     * somebody claims meanwhile comes as it is then: with a next tick that is not due, or none.
     */
    List<Schedule> due(Instant now, int limit);

    /**
     * Claims the schedule's next tick with all that is made up for at once, unless somebody was first: the jobs are in the outbox and the
     * tick after is set in the same step.
     */
    boolean claim(Schedule schedule, List<Firing> firings, Optional<Definition.Tick> next);

    /** Leaves the job of a run by hand in the outbox; false when the schedule was changed or deleted since it was read. */
    boolean run(Schedule schedule, Firing firing);

    /** Newest first. */
    List<Firing> history(ScheduleName name, int limit);

    /** What a caller knows of the version. */
    sealed interface Expected {

        record Nothing() implements Expected {}

        record Version(long number) implements Expected {}

        record Anything() implements Expected {}
    }

    sealed interface PutResult {
        record Put(long version, boolean created) implements PutResult {}

        record Differs(long version) implements PutResult {}

        record Unknown() implements PutResult {}

        record Full() implements PutResult {}
    }

    enum DeleteResult {
        DELETED,
        DIFFERS,
        UNKNOWN
    }

    enum PauseResult {
        DONE,
        DIFFERS,
        UNKNOWN
    }
}
