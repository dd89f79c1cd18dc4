package dev.drover.realtime;

import dev.drover.testing.ScriptKeysContract;

class RealtimeScriptKeysTest extends ScriptKeysContract {

    @Override
    protected String module() {
        return "realtime-service";
    }
}
