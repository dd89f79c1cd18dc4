package dev.drover.jobs.enqueue;

import java.io.IOException;
import java.util.stream.StreamSupport;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drover.platform.idempotency.RecordedAnswer;
import dev.drover.platform.idempotency.ReplayCheck;

/** A bulk is answered anew while one of its jobs was refused for what may have changed since, such as a queue that was full. */
@Singleton
final class BulkReplayCheck implements ReplayCheck {

    private final ObjectMapper json;

    BulkReplayCheck(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public boolean stillHolds(RecordedAnswer answer) {
        return !answer.route().equals(EnqueueResource.BULK_ROUTE)
                || StreamSupport.stream(read(answer.body()).path("results").spliterator(), false)
                        .allMatch(one ->
                                RecordedAnswer.isLasting(one.path("status").asInt()));
    }

    private JsonNode read(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException("a recorded bulk is not JSON", e);
        }
    }
}
