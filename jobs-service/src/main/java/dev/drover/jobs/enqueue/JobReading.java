package dev.drover.jobs.enqueue;

import java.io.IOException;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.drover.platform.problem.BodyReading;

/** One job, read as each of a bulk is. */
@Singleton
final class JobReading implements BodyReading<EnqueueRequest> {

    @Override
    public Class<EnqueueRequest> type() {
        return EnqueueRequest.class;
    }

    @Override
    public EnqueueRequest read(JsonParser parser, byte[] body) throws IOException {
        Tokens from = new Tokens(parser, body);
        from.need(JsonToken.START_OBJECT);
        return JobMembers.read(from, null);
    }
}
