package dev.drover.bench.row;

import java.net.URI;
import java.util.List;

import dev.drover.bench.load.HttpCall;

/**
 * One of those that are measured in turn.
 *
 * @param servers who is charged with the work: processes of the side, without its Redis
 */
record Side(String name, URI base, HttpCall call, List<Long> servers, long redis) {}
