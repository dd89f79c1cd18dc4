package dev.drover.lab.autoscale;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntBinaryOperator;

import dev.drover.lab.autoscale.ScalingRules.Behaviour;
import dev.drover.lab.autoscale.ScalingRules.Policy;
import dev.drover.lab.autoscale.ScalingRules.Select;

/**
 * One service's autoscaler, as the controller of Kubernetes has it (pkg/controller/podautoscaler/horizontal.go:
 * stabilizeRecommendationWithBehaviors, convertDesiredReplicasWithBehaviorRate): the largest need of all targets, made calm by the windows,
 * slowed down by the policies, within the bounds. Used by one thread.
 */
final class HorizontalScaler {
    /** More than any window with a look every few seconds needs. */
    private static final int REMEMBERED_MAX = 1_000;

    private final ScalingRules rules;
    private final Clock clock;
    private final Deque<Recommendation> recommendations = new ArrayDeque<>();
    private final Deque<Change> changes = new ArrayDeque<>();

    private record Recommendation(Instant at, int replicas) {}

    /** @param by more than zero for members that came, less for those that went */
    private record Change(Instant at, int by) {}

    HorizontalScaler(ScalingRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** @return how many members the service is to have now */
    int decide(int current, Observation seen) {
        if (current == 0) {
            // Somebody has switched the service off.
            return 0;
        }
        int wanted = rules.min();
        if (current >= rules.min() && current <= rules.max()) {
            Optional<Integer> need = need(current, seen);
            if (need.isEmpty()) {
                return current;
            }
            wanted = limited(current, stabilised(current, need.get()));
        } else if (current > rules.max()) {
            wanted = rules.max();
        }
        if (wanted != current) {
            remember(changes, new Change(clock.instant(), wanted - current));
        }
        return wanted;
    }

    /** Nothing when no metric can be had, or when one is missing and the others would take members away. */
    private Optional<Integer> need(int current, Observation seen) {
        List<OptionalInt> needs = rules.targets().stream()
                .map(target -> Need.of(target, current, seen))
                .toList();
        OptionalInt largest = needs.stream().flatMapToInt(OptionalInt::stream).max();
        boolean oneIsMissing = needs.stream().anyMatch(OptionalInt::isEmpty);
        if (largest.isEmpty() || (oneIsMissing && largest.getAsInt() < current)) {
            return Optional.empty();
        }
        return Optional.of(largest.getAsInt());
    }

    private int stabilised(int current, int need) {
        Instant now = clock.instant();
        int up = need;
        int down = need;
        for (Recommendation earlier : recommendations) {
            if (earlier.at().isAfter(now.minus(rules.up().stabilisation()))) {
                up = Math.min(up, earlier.replicas());
            }
            if (earlier.at().isAfter(now.minus(rules.down().stabilisation()))) {
                down = Math.max(down, earlier.replicas());
            }
        }
        remember(recommendations, new Recommendation(now, need));
        return Math.min(Math.max(current, up), down);
    }

    private int limited(int current, int wanted) {
        if (wanted > current) {
            int limit = Math.max(current, limit(rules.up(), current, 1, Math::max, Math::min));
            return Math.min(wanted, Math.min(rules.max(), limit));
        }
        if (wanted < current) {
            int limit = Math.min(current, limit(rules.down(), current, -1, Math::min, Math::max));
            return Math.max(wanted, Math.max(rules.min(), limit));
        }
        return current;
    }

    private int limit(Behaviour behaviour, int current, int sign, IntBinaryOperator most, IntBinaryOperator least) {
        if (behaviour.select() == Select.DISABLED) {
            return current;
        }
        IntBinaryOperator chosen = behaviour.select() == Select.MAX ? most : least;
        return behaviour.policies().stream()
                .mapToInt(policy -> proposal(policy, current, sign))
                .reduce(chosen)
                .orElse(current);
    }

    /** From how many there were when the period began. */
    private int proposal(Policy policy, int current, int sign) {
        int atStart = current - changeWithin(policy.period());
        return switch (policy.unit()) {
            case PODS -> atStart + sign * policy.value();
            case PERCENT -> {
                double changed = atStart * (1 + sign * policy.value() / 100.0);
                // Upwards it is rounded up, so that one member can become two; downwards it is cut off.
                yield sign > 0 ? (int) Math.ceil(changed) : (int) changed;
            }
        };
    }

    private int changeWithin(Duration period) {
        Instant since = clock.instant().minus(period);
        return changes.stream()
                .filter(change -> change.at().isAfter(since))
                .mapToInt(Change::by)
                .sum();
    }

    private static <T> void remember(Deque<T> remembered, T latest) {
        remembered.addLast(latest);
        if (remembered.size() > REMEMBERED_MAX) {
            remembered.removeFirst();
        }
    }
}
