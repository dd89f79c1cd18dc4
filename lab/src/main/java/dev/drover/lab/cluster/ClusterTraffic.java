package dev.drover.lab.cluster;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

import dev.drover.lab.gateway.Traffic;

/**
 * What the whole suite answers, by the pods' meters: each second as many as in the two seconds before on average. How long it took is of what
 * went through the room itself, its load among it: the meters of a pod do not see the edge. Where the meters are out of reach, the rest is too.
 */
final class ClusterTraffic {
    private final Traffic own;
    private final PodTraffic pods;

    ClusterTraffic(Traffic own, PodTraffic pods) {
        this.own = own;
        this.pods = pods;
    }

    /** Asked once a second, on the event loop of the gateway. */
    Traffic.Seen take() {
        Traffic.Seen through = own.take();
        Map<String, PodTraffic.Rates> rates = pods.rates();
        if (rates.isEmpty()) {
            return through;
        }
        return new Traffic.Seen(
                sum(rates, PodTraffic.Rates::requests),
                sum(rates, PodTraffic.Rates::errors),
                sum(rates, PodTraffic.Rates::refusals),
                through.p50Millis(),
                through.p99Millis(),
                Map.of());
    }

    int sockets() {
        return pods.rates().values().stream()
                .mapToInt(rates -> rates.sockets().orElse(0))
                .sum();
    }

    OptionalDouble queueLatency() {
        return pods.rates().values().stream()
                .flatMapToDouble(rates -> rates.queueLatency().stream())
                .max();
    }

    private static long sum(Map<String, PodTraffic.Rates> rates, ToDoubleFunction<PodTraffic.Rates> of) {
        return Math.round(rates.values().stream().mapToDouble(of).sum());
    }
}
