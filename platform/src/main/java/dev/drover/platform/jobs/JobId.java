package dev.drover.platform.jobs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code job_<queue>_<26 characters>}: the id says which queue, and so which slot, holds the job; no index is needed to find it. */
public record JobId(QueueName queue, String unique) {

    private static final Pattern FORM = Pattern.compile("job_([a-z][a-z0-9-]{0,31})_([0-9a-z]{26})");
    private static final int UNIQUE_CHARS = 26;

    public JobId {
        if (!isUnique(unique)) {
            throw new IllegalArgumentException("the unique part is 26 of 0-9 a-z: " + unique);
        }
    }

    /** By hand, because of a bulk there are a thousand. */
    private static boolean isUnique(String text) {
        if (text.length() != UNIQUE_CHARS) {
            return false;
        }
        for (int i = 0; i < UNIQUE_CHARS; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'z')) {
                return false;
            }
        }
        return true;
    }

    /** Empty when it is not the id of a job. */
    public static Optional<JobId> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new JobId(new QueueName(form.group(1)), form.group(2))) : Optional.empty();
    }

    /** Of a job that stands in that queue, as the queue's own keys name it. */
    public static JobId of(QueueName queue, String text) {
        JobId id = new JobId(queue, text.substring(Math.max(0, text.length() - UNIQUE_CHARS)));
        if (!id.toString().equals(text)) {
            throw new IllegalArgumentException("not the id of a job of " + queue + ": " + text);
        }
        return id;
    }

    @Override
    public String toString() {
        return "job_" + queue + "_" + unique;
    }
}
