package dev.drover.jobs;

import java.util.Set;

import dev.drover.testing.CallCountContract;

class JobsCallCountTest extends CallCountContract {

    @Override
    protected String service() {
        return "jobs-service";
    }

    @Override
    protected Set<String> growing() {
        return Set.of("GET /queues", "GET /limits");
    }
}
