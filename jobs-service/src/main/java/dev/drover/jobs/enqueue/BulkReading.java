package dev.drover.jobs.enqueue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.problem.BodyReading;
import dev.drover.platform.problem.CloseReading;
import dev.drover.platform.problem.ServiceException;

/**
 * A thousand jobs are read in one pass over their bytes. One that is not as it should be is looked at closer by itself, and tells nothing of the others;
 * what is wrong around them is said of the body.
 */
@Singleton
final class BulkReading implements BodyReading<BulkRequest> {

    private final CloseReading close;

    BulkReading(CloseReading close) {
        this.close = close;
    }

    @Override
    public Class<BulkRequest> type() {
        return BulkRequest.class;
    }

    @Override
    public BulkRequest read(JsonParser parser, byte[] body) throws IOException {
        Tokens from = new Tokens(parser, body);
        try {
            from.need(JsonToken.START_OBJECT);
            if (!"jobs".equals(from.member())) {
                throw from.notTaken();
            }
            from.need(JsonToken.START_ARRAY);
            List<SentJob> jobs = jobs(from);
            from.need(JsonToken.END_OBJECT);
            return new BulkRequest(jobs);
        } catch (MismatchedInputException e) {
            close.read(body, BulkRequest.Frame.class);
            throw e;
        }
    }

    private List<SentJob> jobs(Tokens from) throws IOException {
        JsonStreamContext list = from.context();
        List<SentJob> jobs = new ArrayList<>();
        EnqueueRequest before = null;
        while (from.hasNextElement()) {
            if (jobs.size() == JobQueue.BATCH_MAX) {
                // The frame says so; what else there is need not be read.
                throw from.notTaken();
            }
            SentJob job = job(from, list, before);
            jobs.add(job);
            before = job instanceof EnqueueRequest good ? good : before;
        }
        if (jobs.isEmpty()) {
            throw from.notTaken();
        }
        return jobs;
    }

    private SentJob job(Tokens from, JsonStreamContext list, EnqueueRequest before) throws IOException {
        try {
            if (!from.isObject()) {
                from.leave(list);
                return new SentJob.Unfit(CloseReading.noObject());
            }
            return close.judged(read(from, list, before));
        } catch (ServiceException e) {
            return new SentJob.Unfit(e);
        }
    }

    private EnqueueRequest read(Tokens from, JsonStreamContext list, EnqueueRequest before) throws IOException {
        int begin = from.begin();
        try {
            return JobMembers.read(from, before);
        } catch (MismatchedInputException e) {
            from.leave(list);
            return close.read(from.textSince(begin), EnqueueRequest.class);
        }
    }
}
