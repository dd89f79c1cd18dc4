package dev.drover.platform.erasure;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;

/** The job that erases a user: it names the erasure and says nothing of the user. */
public final class ErasureJob {

    public static final String TYPE = "profile.erase";

    private static final QueueName QUEUE = new QueueName("housekeeping");
    private static final String OWNER = "system";
    private static final Pattern PAYLOAD = Pattern.compile("\\{\"erasure\": ?\"([0-9a-z]{26})\"}");

    private ErasureJob() {}

    static NewJob of(String erasure) {
        return NewJob.ofPlatform(new JobId(QUEUE, erasure), TYPE, OWNER, "{\"erasure\":\"" + erasure + "\"}");
    }

    /** The erasure a payload names; empty when it names none. */
    public static Optional<String> erasure(String payload) {
        Matcher named = PAYLOAD.matcher(payload);
        return named.matches() ? Optional.of(named.group(1)) : Optional.empty();
    }
}
