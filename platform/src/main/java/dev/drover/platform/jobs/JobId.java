package dev.drover.platform.jobs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code job_<queue>_<26 characters>}: the id says which queue, and so which slot, holds the job; no index is needed to find it. */
public record JobId(QueueName queue, String unique) {

    private static final Pattern FORM = Pattern.compile("job_([a-z][a-z0-9-]{0,31})_([0-9a-z]{26})");
    private static final Pattern UNIQUE = Pattern.compile("[0-9a-z]{26}");

    public JobId {
        if (!UNIQUE.matcher(unique).matches()) {
            throw new IllegalArgumentException("the unique part is 26 of 0-9 a-z: " + unique);
        }
    }

    /** Empty when it is not the id of a job. */
    public static Optional<JobId> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new JobId(new QueueName(form.group(1)), form.group(2))) : Optional.empty();
    }

    @Override
    public String toString() {
        return "job_" + queue + "_" + unique;
    }
}
