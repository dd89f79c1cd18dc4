package dev.drover.jobs;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.testing.ErrorCatalogue;

class JobsErrorTest extends ErrorCatalogue {

    @Override
    protected String section() {
        return "jobs-service";
    }

    @Override
    protected ErrorCode[] codes() {
        return JobsError.values();
    }
}
