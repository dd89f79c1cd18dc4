package dev.drover.jobs.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import dev.drover.platform.faults.StoreFault;
import dev.drover.platform.redis.StoreUnavailableException;

/** The store as a replica sees it that is killed at ticks: right before a claim, or right after it, before it has learned of it. */
final class DyingStore implements ScheduleStore {

    private final ScheduleStore store;
    private final Random random;

    DyingStore(ScheduleStore store, Random random) {
        this.store = store;
        this.random = random;
    }

    @Override
    public boolean claim(Schedule schedule, List<Firing> firings, Optional<Definition.Tick> next) {
        int fate = random.nextInt(4);
        if (fate == 0) {
            throw killed();
        }
        boolean claimed = store.claim(schedule, firings, next);
        if (fate == 1) {
            throw killed();
        }
        return claimed;
    }

    private static StoreUnavailableException killed() {
        return new StoreUnavailableException("Redis", StoreFault.CONNECTION, null);
    }

    @Override
    public Optional<Schedule> find(ScheduleName name) {
        return store.find(name);
    }

    @Override
    public List<Schedule> list(Optional<ScheduleName> after, int limit) {
        return store.list(after, limit);
    }

    @Override
    public PutResult put(
            ScheduleName name, Definition definition, Expected expected, Optional<Definition.Tick> next, Instant now) {
        return store.put(name, definition, expected, next, now);
    }

    @Override
    public DeleteResult delete(ScheduleName name, Expected expected) {
        return store.delete(name, expected);
    }

    @Override
    public PauseResult pause(Schedule schedule, boolean paused, Optional<Definition.Tick> next) {
        return store.pause(schedule, paused, next);
    }

    @Override
    public List<Schedule> due(Instant now, int limit) {
        return store.due(now, limit);
    }

    @Override
    public boolean run(Schedule schedule, Firing firing) {
        return store.run(schedule, firing);
    }

    @Override
    public List<Firing> history(ScheduleName name, int limit) {
        return store.history(name, limit);
    }
}
