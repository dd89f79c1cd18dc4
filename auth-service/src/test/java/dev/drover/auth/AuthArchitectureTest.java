package dev.drover.auth;

import dev.drover.testing.ArchitectureRules;

class AuthArchitectureTest extends ArchitectureRules {

    @Override
    protected String part() {
        return "auth";
    }
}
