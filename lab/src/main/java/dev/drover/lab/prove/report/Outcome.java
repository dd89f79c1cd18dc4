package dev.drover.lab.prove.report;

import java.util.List;
import java.util.Map;

import dev.drover.lab.prove.Fault;
import dev.drover.lab.prove.Verdict;
import dev.drover.lab.prove.client.Latency;

/**
 * All that reports are made of.
 *
 * @param notDone   faults that could not be inflicted, and why
 * @param notes     what took longer than it should, without being wrong by itself
 * @param troubles  what clients met, retries included, by kind
 * @param calm      latencies while nothing was broken
 * @param disturbed the same from each fault until what it hit was whole again
 */
public record Outcome(
        Verdict verdict,
        List<Fault> faults,
        List<String> notDone,
        List<String> notes,
        Map<String, Long> troubles,
        Latency calm,
        Latency disturbed) {}
