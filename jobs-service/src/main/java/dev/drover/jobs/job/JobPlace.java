package dev.drover.jobs.job;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the jobs of a queue stand that have one state. Those that wait stand at two places: by themselves, and in groups. */
enum JobPlace {
    WAITING,
    GROUPED,
    SCHEDULED,
    ACTIVE,
    SUCCEEDED,
    FAILED,
    DEAD,
    CANCELLED;

    /** The first of those a state has. */
    static JobPlace of(JobState state) {
        return valueOf(state.name());
    }

    /** The place of the same state that comes after this one. */
    Optional<JobPlace> next() {
        return this == WAITING ? Optional.of(GROUPED) : Optional.empty();
    }

    /** The next of the whole queue: what waits, is scheduled, runs, and has ended. */
    Optional<JobPlace> following() {
        return ordinal() + 1 < values().length ? Optional.of(values()[ordinal() + 1]) : Optional.empty();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<JobPlace> parse(String word) {
        return List.of(values()).stream()
                .filter(place -> place.word().equals(word))
                .findFirst();
    }
}
