package dev.drover.profile;

import dev.drover.testing.ScriptKeysContract;

class ProfileScriptKeysTest extends ScriptKeysContract {

    @Override
    protected String module() {
        return "profile-service";
    }
}
