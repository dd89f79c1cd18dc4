package dev.drover.jobs;

import dev.drover.testing.ArchitectureRules;

class JobsArchitectureTest extends ArchitectureRules {

    @Override
    protected String part() {
        return "jobs";
    }
}
