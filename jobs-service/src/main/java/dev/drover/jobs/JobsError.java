package dev.drover.jobs;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.ErrorKind;

/** What jobs-service refuses for reasons of its own. */
public enum JobsError implements ErrorCode {
    JOB_NOT_FOUND(ErrorKind.NOT_FOUND, "There is no such job"),
    JOB_ENDED(ErrorKind.CONFLICT, "The job has already ended"),
    LEASE_LOST(ErrorKind.CONFLICT, "The lease is no longer held"),
    RESULT_DIFFERS(ErrorKind.CONFLICT, "The job has succeeded with another result"),
    QUEUE_RESERVED(ErrorKind.FORBIDDEN, "The queue belongs to the platform"),
    TYPE_RESERVED(ErrorKind.FORBIDDEN, "The type belongs to the platform"),
    PAYLOAD_TOO_LARGE(ErrorKind.TOO_LARGE, "The payload is too large"),
    DEPENDENCY_UNKNOWN(ErrorKind.UNPROCESSABLE, "A job it is to wait for is not there"),
    QUEUE_FULL(ErrorKind.TOO_MANY_REQUESTS, "The queue takes no more jobs at the moment"),
    TOO_MANY_QUEUES(ErrorKind.TOO_MANY_REQUESTS, "There can be no more queues"),
    QUEUE_NOT_FOUND(ErrorKind.NOT_FOUND, "There is no such queue"),
    JOB_NOT_RETRYABLE(ErrorKind.CONFLICT, "The job cannot run once more"),
    SCHEDULE_NOT_FOUND(ErrorKind.NOT_FOUND, "There is no such schedule"),
    TOO_MANY_SCHEDULES(ErrorKind.TOO_MANY_REQUESTS, "There can be no more schedules"),
    LIMIT_NOT_FOUND(ErrorKind.NOT_FOUND, "There is no such limit"),
    TOO_MANY_LIMITS(ErrorKind.TOO_MANY_REQUESTS, "There can be no more limits");

    private final ErrorKind kind;
    private final String title;

    JobsError(ErrorKind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    @Override
    public String title() {
        return title;
    }
}
