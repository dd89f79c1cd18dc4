package dev.drover.media;

import dev.drover.testing.ScriptKeysContract;

class MediaScriptKeysTest extends ScriptKeysContract {

    @Override
    protected String module() {
        return "media-service";
    }
}
