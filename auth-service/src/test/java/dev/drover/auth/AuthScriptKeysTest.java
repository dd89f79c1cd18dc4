package dev.drover.auth;

import dev.drover.testing.ScriptKeysContract;

class AuthScriptKeysTest extends ScriptKeysContract {

    @Override
    protected String module() {
        return "auth-service";
    }
}
