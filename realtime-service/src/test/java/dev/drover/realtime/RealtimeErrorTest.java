package dev.drover.realtime;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.testing.ErrorCatalogue;

class RealtimeErrorTest extends ErrorCatalogue {

    @Override
    protected String section() {
        return "realtime-service";
    }

    @Override
    protected ErrorCode[] codes() {
        return RealtimeError.values();
    }
}
