package dev.drover.platform.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a job may have beside its content.
 *
 * @param group        jobs of a group share its limits, and groups of a queue take turns
 * @param timeLimit    a run that takes longer is ended and counts as a failure
 * @param backoff      empty: as the service is configured
 * @param unique       of several jobs with the key one is enough
 * @param dependencies what it waits for
 * @param quiet        its end is not told on its owner's channel
 */
public record JobOptions(
        Optional<String> group,
        Optional<Duration> timeLimit,
        Optional<Backoff> backoff,
        Optional<UniqueKey> unique,
        Dependencies dependencies,
        boolean quiet) {

    public static final String GROUP_PATTERN = "[A-Za-z0-9][A-Za-z0-9._:@-]{0,63}";
    public static final Duration TIME_LIMIT_MIN = Duration.ofSeconds(1);
    public static final Duration TIME_LIMIT_MAX = Duration.ofDays(7);

    private static final Pattern GROUP_FORM = Pattern.compile(GROUP_PATTERN);

    public static final JobOptions NONE = new JobOptions(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Dependencies.NONE, false);

    public JobOptions {
        if (group.isPresent() && !GROUP_FORM.matcher(group.get()).matches()) {
            throw new IllegalArgumentException("a group matches " + GROUP_PATTERN + ": " + group.get());
        }
        if (timeLimit.isPresent()
                && (timeLimit.get().compareTo(TIME_LIMIT_MIN) < 0
                        || timeLimit.get().compareTo(TIME_LIMIT_MAX) > 0)) {
            throw new IllegalArgumentException(
                    "a time limit is " + TIME_LIMIT_MIN + " to " + TIME_LIMIT_MAX + ": " + timeLimit.get());
        }
        if (unique.isPresent() && !dependencies.on().isEmpty()) {
            throw new IllegalArgumentException("a job that waits for others has no unique key");
        }
    }

    /** Whether the record has something the script has to look at. */
    boolean special() {
        return group.isPresent() || unique.isPresent() || !dependencies.on().isEmpty();
    }

    public JobOptions inGroup(String name) {
        return new JobOptions(Optional.of(name), timeLimit, backoff, unique, dependencies, quiet);
    }

    public JobOptions within(Duration limit) {
        return new JobOptions(group, Optional.of(limit), backoff, unique, dependencies, quiet);
    }

    public JobOptions with(Backoff rests) {
        return new JobOptions(group, timeLimit, Optional.of(rests), unique, dependencies, quiet);
    }

    public JobOptions with(UniqueKey key) {
        return new JobOptions(group, timeLimit, backoff, Optional.of(key), dependencies, quiet);
    }

    public JobOptions after(Dependencies others) {
        return new JobOptions(group, timeLimit, backoff, unique, others, quiet);
    }
}
