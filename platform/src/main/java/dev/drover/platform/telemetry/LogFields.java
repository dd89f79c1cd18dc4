package dev.drover.platform.telemetry;

import java.util.Set;

/** What a log line says about the request or job it was written for, by the names it has in JSON. */
public final class LogFields {

    public static final String REQUEST_ID = "requestId";
    public static final String TRACE_ID = "traceId";
    public static final String JOB_ID = "jobId";

    static final String METHOD = "method";
    static final String ROUTE = "route";
    static final String STATUS = "status";
    static final String DURATION_MILLIS = "durationMs";

    /** Numbers, and written as such. */
    static final Set<String> NUMBERS = Set.of(STATUS, DURATION_MILLIS);

    private LogFields() {}
}
