package dev.drover.jobs.enqueue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.drover.platform.problem.BodyReading;

/** A thousand jobs are read in one pass over their bytes. */
@Singleton
final class BulkReading implements BodyReading<EnqueueRequest.Bulk> {

    @Override
    public Class<EnqueueRequest.Bulk> type() {
        return EnqueueRequest.Bulk.class;
    }

    @Override
    public EnqueueRequest.Bulk read(JsonParser parser, byte[] body) throws IOException {
        Tokens from = new Tokens(parser, body);
        from.need(JsonToken.START_OBJECT);
        if (!"jobs".equals(from.member())) {
            throw from.notTaken();
        }
        from.need(JsonToken.START_ARRAY);
        List<EnqueueRequest> jobs = new ArrayList<>();
        EnqueueRequest job = null;
        while (from.hasNextObject()) {
            job = JobMembers.read(from, job);
            jobs.add(job);
        }
        from.need(JsonToken.END_OBJECT);
        return new EnqueueRequest.Bulk(jobs);
    }
}
