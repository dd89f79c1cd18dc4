package dev.drover.jobs.enqueue;

import java.util.List;
import java.util.regex.Pattern;

import dev.drover.platform.jobs.Backoff;
import dev.drover.platform.jobs.Dependencies;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.jobs.UniqueKey;

/** What the annotations of {@link EnqueueRequest} say, for a thousand jobs at once; a test holds the two against each other. */
final class Soundness {

    private static final Pattern GROUP = Pattern.compile(JobOptions.GROUP_PATTERN);
    private static final Pattern KEY = Pattern.compile(UniqueKey.KEY_PATTERN);
    private static final Pattern MODE = Pattern.compile(EnqueueRequest.Unique.MODES);
    private static final Pattern KIND = Pattern.compile(EnqueueRequest.Rests.KINDS);
    private static final Pattern ON_FAILURE = Pattern.compile(EnqueueRequest.ON_FAILURE);

    private Soundness() {}

    static boolean of(EnqueueRequest job) {
        return job.queue() != null
                && QueueName.isName(job.queue())
                && job.type() != null
                && NewJob.isType(job.type())
                && isWithin(job.priority(), 0, NewJob.PRIORITY_LAST)
                && isWithin(job.maxAttempts(), 1, NewJob.MAX_ATTEMPTS_LIMIT)
                && matches(GROUP, job.group())
                && matches(ON_FAILURE, job.onDependencyFailure())
                && isFull(job.dependsOn(), 0, Dependencies.MAX)
                && (job.backoff() == null
                        || isFormed(job.backoff()) && isFull(job.backoff().delays(), 1, Backoff.DELAYS_MAX))
                && (job.unique() == null || isFormed(job.unique()));
    }

    /** So far that it can be made a {@link Backoff}, which judges how many delays there are as well. */
    static boolean isFormed(EnqueueRequest.Rests rests) {
        return rests.kind() != null
                && matches(KIND, rests.kind())
                && (rests.delays() == null || !hasNull(rests.delays()))
                && (rests.jitter() == null || rests.jitter() >= 0 && rests.jitter() <= 1);
    }

    static boolean isFormed(EnqueueRequest.Unique unique) {
        return unique.key() != null && matches(KEY, unique.key()) && matches(MODE, unique.mode());
    }

    private static boolean isWithin(Integer number, int least, int most) {
        return number == null || number >= least && number <= most;
    }

    private static boolean matches(Pattern form, String text) {
        return text == null || form.matcher(text).matches();
    }

    /** Of the right size, and with a value at each place. */
    private static boolean isFull(List<?> list, int least, int most) {
        return list == null || list.size() >= least && list.size() <= most && !hasNull(list);
    }

    /** A list of {@link List#of} does not like to be asked. */
    private static boolean hasNull(List<?> list) {
        for (Object each : list) {
            if (each == null) {
                return true;
            }
        }
        return false;
    }
}
