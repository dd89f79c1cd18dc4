package dev.drover.lab.room;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.load.LoadGenerator;
import dev.drover.lab.prove.FaultKind;
import dev.drover.stores.process.ChildProcess.Signal;

/** What can be done from the control room. Blocks; for virtual threads. Each leaves a mark in the charts. */
final class RoomActions {
    private static final int REPLICAS_MAX = 20;
    private static final Duration PROOF_MIN = Duration.ofSeconds(5);

    private final FleetPort fleet;
    private final Map<String, StorePort> stores;
    private final LoadGenerator load;
    private final ProofDesk proofs;
    private final Room room;

    RoomActions(FleetPort fleet, Map<String, StorePort> stores, LoadGenerator load, ProofDesk proofs, Room room) {
        this.fleet = fleet;
        this.stores = stores;
        this.load = load;
        this.proofs = proofs;
        this.room = room;
    }

    /** What came of an action. */
    sealed interface Outcome {
        record Done() implements Outcome {}

        record Refused(int status, String code, String title, String detail) implements Outcome {}
    }

    Outcome signal(String memberId, JsonObject body) throws IOException {
        Optional<Signal> signal = named(body.getValue("signal"));
        if (signal.isEmpty()) {
            return refused(400, "unknown_signal", "Unknown signal", "signal is one of TERM, KILL, STOP, CONT");
        }
        if (!fleet.signals().contains(signal.get())) {
            return refused(
                    409, "not_possible_here", "Not possible here", "the members of this fleet cannot be sent it");
        }
        boolean found;
        try {
            found = fleet.signal(memberId, signal.get());
        } catch (IOException e) {
            return refused(409, "not_signalled", "Not signalled", "the instance could not be sent the signal");
        }
        if (!found) {
            return refused(404, "no_such_instance", "No such instance", "no instance has this id now");
        }
        room.mark(word(signal.get()), word(signal.get()) + " " + memberId, memberId);
        return new Outcome.Done();
    }

    Outcome scale(String service, JsonObject body) throws IOException {
        if (!(body.getValue("replicas") instanceof Number wanted)
                || wanted.intValue() < 0
                || wanted.intValue() > REPLICAS_MAX) {
            return refused(400, "out_of_bounds", "Out of bounds", "replicas is 0 to " + REPLICAS_MAX);
        }
        if (!fleet.scale(service, wanted.intValue())) {
            return noSuchService();
        }
        room.mark("scale", "scale " + service + " to " + wanted.intValue(), service);
        return new Outcome.Done();
    }

    Outcome restart(String service) throws IOException {
        return switch (fleet.restart(service)) {
            case BEGUN -> {
                room.mark("restart", "rolling restart of " + service, service);
                yield new Outcome.Done();
            }
            case UNDER_WAY -> refused(409, "restart_under_way", "Restart under way", service + " is being restarted");
            case NO_SUCH_SERVICE -> noSuchService();
        };
    }

    Outcome store(String name, String verb) throws IOException {
        if (!StorePort.CHANGES.contains(verb)) {
            return refused(400, "unknown_change", "Unknown change", "one of stop, start, cut, join, kill");
        }
        StorePort store = stores.get(name);
        if (store == null || store.state().equals(StorePort.GIVEN)) {
            return refused(409, "not_ours", "Not ours", "this store was not started by the lab");
        }
        room.mark(verb, verb + " " + name, name);
        store.apply(verb);
        return new Outcome.Done();
    }

    Outcome load(JsonObject body) {
        if (!(body.getValue("rate") instanceof Number rate)
                || rate.intValue() < 0
                || rate.intValue() > LoadGenerator.RATE_MAX) {
            return refused(400, "out_of_bounds", "Out of bounds", "rate is 0 to " + LoadGenerator.RATE_MAX);
        }
        load.set(rate.intValue());
        room.mark("load", rate.intValue() == 0 ? "load off" : "load " + rate.intValue() + "/s", "load");
        return new Outcome.Done();
    }

    Outcome beginProof(JsonObject body) throws IOException {
        if (!(body.getValue("seconds") instanceof Number seconds)
                || seconds.longValue() < PROOF_MIN.toSeconds()
                || seconds.longValue() > ProofDesk.DURATION_MAX.toSeconds()) {
            return refused(400, "out_of_bounds", "Out of bounds", "seconds is 5 to 3600");
        }
        if (!(body.getValue("faults", new JsonArray()) instanceof JsonArray given)) {
            return refused(400, "malformed", "Malformed", "faults is a list");
        }
        Set<String> faults = new TreeSet<>();
        for (Object label : given) {
            if (!(label instanceof String text) || FaultKind.named(text).isEmpty()) {
                return refused(400, "unknown_fault", "Unknown fault", "faults are of " + FaultKind.labels());
            }
            faults.add(text);
        }
        Optional<Set<String>> wanted = body.containsKey("faults") ? Optional.of(faults) : Optional.empty();
        Optional<Long> seed =
                body.getValue("seed") instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
        if (!proofs.begin(Duration.ofSeconds(seconds.longValue()), wanted, seed)) {
            return refused(409, "proof_runs", "A proof runs", "one at a time");
        }
        room.mark("proof", "proof begins", "proof");
        return new Outcome.Done();
    }

    Outcome endProof() {
        return proofs.end()
                ? new Outcome.Done()
                : refused(409, "no_proof", "No proof", "no proof that was started here runs");
    }

    private static Optional<Signal> named(Object name) {
        try {
            return name == null ? Optional.of(Signal.KILL) : Optional.of(Signal.valueOf(name.toString()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String word(Signal signal) {
        return switch (signal) {
            case KILL -> "kill";
            case TERM -> "drain";
            case STOP -> "pause";
            case CONT -> "continue";
        };
    }

    private static Outcome noSuchService() {
        return refused(404, "no_such_service", "No such service", "no service has this name");
    }

    private static Outcome refused(int status, String code, String title, String detail) {
        return new Outcome.Refused(status, code, title, detail);
    }
}
