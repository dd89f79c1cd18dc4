package dev.drover.bench.guard;

import java.net.URI;

import dev.drover.bench.load.ClosedLoop.Turn;
import dev.drover.bench.suite.Instance;

/** A kind of request that is counted. */
record Probe(String id, Instance instance, Turn turn) {

    URI base() {
        return instance.base();
    }
}
