package dev.drover.lab.autoscale;

import java.util.OptionalInt;

import dev.drover.lab.autoscale.ScalingRules.Target;

/**
 * How many members a target asks for, as the replica calculator of Kubernetes has it (pkg/controller/podautoscaler/replica_calculator.go, and
 * "Algorithm details" on kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale): the members times the ratio of value to
 * target, rounded up; nothing changes within a tenth of the target; members that are not ready count as idle when more are wanted.
 */
final class Need {
    private static final double TOLERANCE = 0.1;

    private Need() {}

    /** Empty when the metric cannot be had. */
    static OptionalInt of(Target target, int current, Observation seen) {
        return switch (target) {
            case Target.Cpu cpu -> ofCpu(cpu, current, seen);
            case Target.External external -> ofExternal(external, current, seen);
        };
    }

    private static OptionalInt ofCpu(Target.Cpu target, int current, Observation seen) {
        int ready = seen.readyCpuMillis().size();
        if (ready == 0) {
            return OptionalInt.empty();
        }
        double used =
                seen.readyCpuMillis().stream().mapToDouble(Double::doubleValue).sum();
        double wanted = target.requestMillis() * target.utilisationPercent() / 100.0;
        double ratio = used / ready / wanted;
        if (seen.notReady() == 0 || ratio <= 1) {
            return OptionalInt.of(isTolerable(ratio) ? current : ceil(ratio * ready));
        }
        int all = ready + seen.notReady();
        double cautious = used / all / wanted;
        int need = ceil(cautious * all);
        boolean turnsRound = cautious < 1 || need < current;
        return OptionalInt.of(isTolerable(cautious) || turnsRound ? current : need);
    }

    private static OptionalInt ofExternal(Target.External target, int current, Observation seen) {
        Double value = seen.external().get(target.metric());
        if (value == null) {
            return OptionalInt.empty();
        }
        double ratio = value / target.value();
        return OptionalInt.of(
                isTolerable(ratio)
                        ? current
                        : ceil(ratio * seen.readyCpuMillis().size()));
    }

    private static boolean isTolerable(double ratio) {
        return Math.abs(1 - ratio) <= TOLERANCE;
    }

    private static int ceil(double value) {
        // What floating point adds to a whole number is no need of its own.
        return (int) Math.ceil(value - 1e-9);
    }
}
