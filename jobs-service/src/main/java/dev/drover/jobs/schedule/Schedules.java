package dev.drover.jobs.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.drover.jobs.schedule.Firing.Cause;
import dev.drover.platform.outbox.OutboxRelay;

/**
 * Fires what is due. Any number of replicas do this at once, each by its own clock: whoever is first with a tick has claimed it, and a clock
 * that is ahead fires early by as much, never twice.
 */
@Singleton
final class Schedules {

    private final ScheduleStore store;
    private final OutboxRelay relay;
    private final Clock clock;
    private final int dueMax;
    private final int catchUpMax;
    private final Duration lateAfter;

    @Inject
    Schedules(ScheduleStore store, OutboxRelay relay, Clock clock, ScheduleConfig config) {
        this.store = store;
        this.relay = relay;
        this.clock = clock;
        this.dueMax = config.dueMax();
        this.catchUpMax = config.catchUpMax();
        this.lateAfter = config.lateAfter();
    }

    /** {@code fired}: jobs this call claimed; {@code idle}: schedules it fired nothing of, mostly because another replica was first. */
    record Fired(int fired, int idle) {}

    /** Claims what is due and carries the jobs to their queues, those of replicas that died in between included. */
    Fired runOnce() {
        int fired = 0;
        int idle = 0;
        Instant now = clock.instant();
        for (Schedule schedule : store.due(now, dueMax)) {
            // One that somebody was first with may be read as it is after that: its next tick is for later.
            int claimed = isDue(schedule, now) ? claim(schedule, plan(schedule, now)) : 0;
            fired += claimed;
            idle += claimed == 0 ? 1 : 0;
        }
        relay.sweep(List.of(ScheduleKeys.OUTBOX));
        return new Fired(fired, idle);
    }

    /** How many jobs it fires; none when somebody was first. */
    private int claim(Schedule schedule, Plan plan) {
        if (!store.claim(schedule, plan.firings(), plan.next())) {
            return 0;
        }
        return (int) plan.firings().stream()
                .filter(firing -> firing.job().isPresent())
                .count();
    }

    private static boolean isDue(Schedule schedule, Instant now) {
        return schedule.nextTick()
                .map(tick -> schedule.definition().tick(schedule.name(), tick).due())
                .filter(due -> !due.isAfter(now))
                .isPresent();
    }

    private record Plan(List<Firing> firings, Optional<Definition.Tick> next) {}

    private Plan plan(Schedule schedule, Instant now) {
        Definition definition = schedule.definition();
        Instant first = schedule.nextTick().orElseThrow();
        // A tick that is put off by its jitter keeps its place; so do those behind it.
        List<Instant> ticks = definition.times().latest(first, now, catchUpMax).stream()
                .filter(tick -> !definition.tick(schedule.name(), tick).due().isAfter(now))
                .toList();
        List<Firing> firings = new ArrayList<>();
        List<Instant> late = ticks.stream()
                .filter(tick -> isLate(definition.tick(schedule.name(), tick), now))
                .toList();
        List<Instant> madeUpFor =
                switch (definition.misfire()) {
                    case SKIP -> List.of();
                    case ONCE -> late.isEmpty() ? late : List.of(late.getLast());
                    case ALL -> late;
                };
        boolean someLeftOut = madeUpFor.size() < late.size()
                || ticks.isEmpty()
                || ticks.getFirst().isAfter(first);
        if (someLeftOut) {
            firings.add(new Firing(first, now, Cause.SKIPPED, Optional.empty()));
        }
        madeUpFor.forEach(tick -> firings.add(firing(schedule, tick, now, Cause.LATE)));
        ticks.stream()
                .filter(tick -> !late.contains(tick))
                .forEach(tick -> firings.add(firing(schedule, tick, now, Cause.TICK)));
        Instant last = ticks.isEmpty() ? first : ticks.getLast();
        return new Plan(firings, definition.nextAfter(schedule.name(), last));
    }

    private boolean isLate(Definition.Tick tick, Instant now) {
        return tick.due().plus(lateAfter).isBefore(now);
    }

    private static Firing firing(Schedule schedule, Instant tick, Instant now, Cause cause) {
        return new Firing(tick, now, cause, Optional.of(schedule.definition().jobAt(schedule.name(), tick)));
    }

    /** Runs it now, beside its ticks. {@code unique} tells this wish from others, so that a repeat of it is the same job. */
    Optional<Firing> runNow(Schedule schedule, String unique) {
        Instant now = clock.instant();
        Firing firing = new Firing(
                now, now, Cause.RUN, Optional.of(schedule.definition().jobByHand(schedule.name(), unique)));
        if (!store.run(schedule, firing)) {
            return Optional.empty();
        }
        relay.sweep(List.of(ScheduleKeys.OUTBOX));
        return Optional.of(firing);
    }

    /** When the schedule ticks next, from now on. */
    Optional<Definition.Tick> next(ScheduleName name, Definition definition) {
        return definition.nextAfter(name, clock.instant());
    }
}
