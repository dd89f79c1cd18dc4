package dev.drover.lab.autoscale;

import java.util.List;
import java.util.Map;

/**
 * What is known of a service when it is to be scaled.
 *
 * @param readyCpuMillis what each member that is ready, and has been for a while, uses of a core, in thousandths
 * @param notReady       members that run and are not to be judged by what they use: a start takes more than the work does
 * @param external       the values that could be read, by metric
 */
record Observation(List<Double> readyCpuMillis, int notReady, Map<String, Double> external) {
    Observation {
        readyCpuMillis = List.copyOf(readyCpuMillis);
        external = Map.copyOf(external);
    }
}
