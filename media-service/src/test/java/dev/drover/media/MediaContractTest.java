package dev.drover.media;

import dev.drover.testing.HttpContract;

@ServiceTest
class MediaContractTest extends HttpContract {

    @Override
    protected String protectedGet() {
        return "/media";
    }

    @Override
    protected String jsonPost() {
        return "/media/uploads";
    }
}
