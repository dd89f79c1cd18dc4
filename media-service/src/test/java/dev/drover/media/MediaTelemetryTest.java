package dev.drover.media;

import dev.drover.testing.TelemetryContract;

@ServiceTest
class MediaTelemetryTest extends TelemetryContract {

    @Override
    protected String protectedGet() {
        return "/media";
    }
}
