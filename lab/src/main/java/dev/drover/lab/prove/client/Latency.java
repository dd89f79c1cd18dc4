package dev.drover.lab.prove.client;

import org.HdrHistogram.Histogram;

/**
 * How long requests took.
 *
 * @param requests how many there were
 * @param micros   what they took, with more entries than that: who waited long for one answer did not ask meanwhile, and what was not asked is
 *                 counted as waiting too
 */
public record Latency(long requests, Histogram micros) {}
