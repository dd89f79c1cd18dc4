package dev.drover.bench.guard;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a request costs, as far as it does not depend on the machine.
 *
 * @param reads          times Redis reads from a connection: a command, or several that were sent together
 * @param commands       commands Redis carries out, those inside scripts too
 * @param allocatedBytes of the service's heap
 */
record Cost(double reads, double commands, double allocatedBytes) {

    Cost minus(Cost other) {
        return new Cost(reads - other.reads, commands - other.commands, allocatedBytes - other.allocatedBytes);
    }

    Cost dividedBy(double requests) {
        return new Cost(round(reads / requests), round(commands / requests), Math.rint(allocatedBytes / requests));
    }

    /** Of each kind by itself: what happens beside the requests now and then is in few of them. */
    static Cost median(List<Cost> all) {
        return new Cost(median(all, Cost::reads), median(all, Cost::commands), median(all, Cost::allocatedBytes));
    }

    private static double median(List<Cost> all, ToDoubleFunction<Cost> kind) {
        double[] sorted = all.stream().mapToDouble(kind).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static double round(double value) {
        return Math.rint(value * 100) / 100;
    }
}
