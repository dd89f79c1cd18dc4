package dev.drover.jobs.lease;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * What a holder needs of a job's record. Read as it comes instead of being bound, because a worker reads one for each job it runs and leaves
 * most members alone; all of them: {@link dev.drover.jobs.job.JobRecord}.
 *
 * @param spent         attempts before this one
 * @param readyAtMillis since when it could run
 */
record LeasedRecord(
        String type,
        String owner,
        int spent,
        long readyAtMillis,
        Optional<String> traceParent,
        Optional<Duration> timeLimit) {

    private static final JsonFactory JSON = new JsonFactory();

    /** @param text a JSON object as the scripts write it; whole numbers of theirs may have an exponent */
    static LeasedRecord read(String text) {
        String type = null;
        String owner = null;
        int spent = 0;
        long readyAtMillis = 0;
        Optional<String> traceParent = Optional.empty();
        Optional<Duration> timeLimit = Optional.empty();
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "type" -> type = parser.getText();
                    case "owner" -> owner = parser.getText();
                    case "spent" -> spent = parser.getValueAsInt();
                    case "readyAt" -> readyAtMillis = parser.getValueAsLong();
                    case "traceparent" -> traceParent = Optional.of(parser.getText());
                    case "timeLimitMs" -> timeLimit = Optional.of(Duration.ofMillis(parser.getValueAsLong()));
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("a job's record cannot be read", e);
        }
        if (type == null || owner == null) {
            throw new IllegalStateException("a job's record has no type or no owner");
        }
        return new LeasedRecord(type, owner, spent, readyAtMillis, traceParent, timeLimit);
    }
}
