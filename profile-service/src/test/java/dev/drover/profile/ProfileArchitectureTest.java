package dev.drover.profile;

import dev.drover.testing.ArchitectureRules;

class ProfileArchitectureTest extends ArchitectureRules {

    @Override
    protected String part() {
        return "profile";
    }
}
