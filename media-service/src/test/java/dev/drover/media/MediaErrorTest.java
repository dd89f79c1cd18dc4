package dev.drover.media;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.testing.ErrorCatalogue;

class MediaErrorTest extends ErrorCatalogue {

    @Override
    protected String section() {
        return "media-service";
    }

    @Override
    protected ErrorCode[] codes() {
        return MediaError.values();
    }
}
