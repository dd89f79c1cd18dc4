package dev.drover.lab.prove.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import dev.drover.lab.prove.FaultKind;

/** What is to be done to the suite and when, all of it drawn from the seed before anything begins: the same seed, the same plan. */
public final class FaultPlan {
    /** How much of a small machine it costs, and for how long it leaves nothing to be acknowledged, decides how often it comes. */
    private static final Map<FaultKind, Integer> WEIGHTS = new EnumMap<>(Map.of(
            FaultKind.KILL, 9,
            FaultKind.DRAIN, 5,
            FaultKind.STOP, 12,
            FaultKind.ROLLING, 1,
            FaultKind.ALL, 1,
            FaultKind.REDIS_RESTART, 12,
            FaultKind.REDIS_PAUSE, 5,
            FaultKind.S3_OUTAGE, 7,
            FaultKind.SCALE, 2,
            FaultKind.NODE_DRAIN, 1));

    private final List<Planned> faults;

    private FaultPlan(List<Planned> faults) {
        this.faults = List.copyOf(faults);
    }

    /**
     * @param at      since the proof began
     * @param service the one it is meant for
     * @param number  of the instance, taken round
     */
    public record Planned(Duration at, FaultKind kind, String service, int number) {}

    /** The first one of each kind comes before the second of any, so that also a short proof has all it can. */
    public static FaultPlan drawn(
            long seed,
            Collection<FaultKind> kinds,
            List<String> services,
            Duration from,
            Duration until,
            Duration between) {
        List<Planned> drawn = new ArrayList<>();
        if (kinds.isEmpty() || services.isEmpty()) {
            return new FaultPlan(drawn);
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<FaultKind> once = new ArrayList<>(kinds.stream().sorted().toList());
        for (Duration at = from; at.compareTo(until) < 0; at = at.plus(pause(random, between))) {
            FaultKind kind = once.isEmpty() ? weighted(kinds, random) : once.remove(random.nextInt(once.size()));
            drawn.add(new Planned(at, kind, services.get(random.nextInt(services.size())), random.nextInt(1_000)));
        }
        return new FaultPlan(drawn);
    }

    public List<Planned> faults() {
        return faults;
    }

    /** Half to one and a half of what is between two on the average. */
    private static Duration pause(SplittableRandom random, Duration between) {
        return Duration.ofMillis(random.nextLong(between.toMillis() / 2, between.toMillis() * 3 / 2 + 1));
    }

    private static FaultKind weighted(Collection<FaultKind> kinds, SplittableRandom random) {
        List<FaultKind> sorted = kinds.stream().sorted().toList();
        int drawn = random.nextInt(sorted.stream().mapToInt(WEIGHTS::get).sum());
        for (FaultKind kind : sorted) {
            drawn -= WEIGHTS.get(kind);
            if (drawn < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("weights are positive");
    }
}
