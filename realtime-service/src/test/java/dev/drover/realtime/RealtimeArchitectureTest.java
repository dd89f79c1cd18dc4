package dev.drover.realtime;

import dev.drover.testing.ArchitectureRules;

class RealtimeArchitectureTest extends ArchitectureRules {

    @Override
    protected String part() {
        return "realtime";
    }
}
