package dev.drover.lab.room;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.ToIntFunction;

import dev.drover.lab.fleet.Fleet;
import dev.drover.lab.fleet.Instance;
import dev.drover.lab.fleet.Service;
import dev.drover.lab.fleet.Trouble;
import dev.drover.lab.room.Member.Condition;
import dev.drover.stores.process.ChildProcess.Signal;

/** The processes of this machine. Looked at on one event loop; told of ends by the fleet's own threads. */
final class LocalFleet implements FleetPort {
    private static final Duration DEAD_SHOWN_FOR = Duration.ofSeconds(4);
    private static final int DEAD_MAX = 100;

    private final ToIntFunction<String> inFlight;
    private final Traffics traffics;
    private final Clock clock;
    private final Deque<Ended> ended = new ConcurrentLinkedDeque<>();
    private Map<String, Measured> measured = new HashMap<>();
    private final Fleet fleet;

    /** Answers per second, by instance. */
    interface Traffics {
        double requestsPerSecond(String instanceId);
    }

    private record Ended(Service service, String id, Instant startedAt, Instant at) {}

    private record Measured(Instant at, Duration cpu) {}

    LocalFleet(Fleet fleet, ToIntFunction<String> inFlight, Traffics traffics, Clock clock) {
        this.fleet = fleet;
        this.inFlight = inFlight;
        this.traffics = traffics;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "processes";
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(Signal.values());
    }

    @Override
    public List<ServiceView> look() {
        Instant now = clock.instant();
        ended.removeIf(one -> one.at().plus(DEAD_SHOWN_FOR).isBefore(now));
        Map<String, Measured> before = measured;
        measured = new HashMap<>();
        List<Instance> instances = fleet.instances();
        List<Trouble> troubles = fleet.troubles();
        return Arrays.stream(Service.values())
                .map(service -> view(service, instances, troubles, before, now))
                .toList();
    }

    private ServiceView view(
            Service service,
            List<Instance> instances,
            List<Trouble> troubles,
            Map<String, Measured> before,
            Instant now) {
        List<Member> members = new ArrayList<>();
        instances.stream()
                .filter(instance -> instance.service() == service)
                .forEach(instance -> members.add(living(instance, before, now)));
        ended.stream()
                .filter(one -> one.service() == service)
                .map(LocalFleet::dead)
                .forEach(members::add);
        List<String> words = troubles.stream()
                .filter(trouble -> trouble.slot().startsWith(service.label() + "-"))
                .map(trouble -> "%s ended %d times, the last time with exit code %d: %s"
                        .formatted(
                                trouble.slot(),
                                trouble.failures(),
                                trouble.exitCode(),
                                trouble.lastLines().isEmpty()
                                        ? "it said nothing"
                                        : trouble.lastLines().getLast()))
                .toList();
        return new ServiceView(
                service.label(), fleet.wanted(service), fleet.isRestarting(service), members, words, Optional.empty());
    }

    private Member living(Instance instance, Map<String, Measured> before, Instant now) {
        Optional<ProcessStat> stat = ProcessStat.of(instance.pid());
        Condition condition = stat.filter(ProcessStat::isStopped)
                .map(stopped -> Condition.STOPPED)
                .orElseGet(() -> condition(instance));
        OptionalLong startMillis = instance.startDuration()
                .map(took -> OptionalLong.of(took.toMillis()))
                .orElseGet(OptionalLong::empty);
        return new Member(
                instance.id(),
                condition,
                instance.startedAt(),
                startMillis,
                stat.map(used -> cpuPercent(instance.id(), used.cpu(), before, now))
                        .orElseGet(OptionalDouble::empty),
                stat.map(used -> OptionalLong.of(used.residentBytes())).orElseGet(OptionalLong::empty),
                OptionalDouble.of(traffics.requestsPerSecond(instance.id())),
                inFlight.applyAsInt(instance.id()));
    }

    private OptionalDouble cpuPercent(String id, Duration cpu, Map<String, Measured> before, Instant now) {
        measured.put(id, new Measured(now, cpu));
        Measured last = before.get(id);
        if (last == null || !now.isAfter(last.at())) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(100.0
                * cpu.minus(last.cpu()).toMillis()
                / Math.max(1, Duration.between(last.at(), now).toMillis()));
    }

    private static Condition condition(Instance instance) {
        return switch (instance.state()) {
            case STARTING -> Condition.STARTING;
            case READY -> Condition.READY;
            case NOT_READY -> Condition.NOT_READY;
            case DRAINING -> Condition.DRAINING;
            case UNRESPONSIVE -> Condition.UNRESPONSIVE;
            case GONE -> Condition.DEAD;
        };
    }

    private static Member dead(Ended one) {
        return new Member(
                one.id(),
                Condition.DEAD,
                one.startedAt(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalDouble.of(0),
                0);
    }

    @Override
    public boolean signal(String memberId, Signal signal) throws IOException {
        return fleet.signal(memberId, signal);
    }

    @Override
    public boolean scale(String service, int replicas) {
        Optional<Service> named = Service.named(service);
        named.ifPresent(found -> fleet.scale(found, replicas));
        return named.isPresent();
    }

    @Override
    public Restart restart(String service) {
        return Service.named(service)
                .map(found -> fleet.restart(found) ? Restart.BEGUN : Restart.UNDER_WAY)
                .orElse(Restart.NO_SUCH_SERVICE);
    }

    /** From any thread. */
    void ended(Instance instance) {
        ended.addLast(new Ended(instance.service(), instance.id(), instance.startedAt(), clock.instant()));
        if (ended.size() > DEAD_MAX) {
            ended.pollFirst();
        }
    }
}
