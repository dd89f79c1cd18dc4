package dev.drover.jobs;

import dev.drover.testing.ScriptKeysContract;

class JobsScriptKeysTest extends ScriptKeysContract {

    @Override
    protected String module() {
        return "jobs-service";
    }
}
