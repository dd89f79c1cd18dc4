package dev.drover.media;

import dev.drover.testing.CallCountContract;

class MediaCallCountTest extends CallCountContract {

    @Override
    protected String service() {
        return "media-service";
    }
}
