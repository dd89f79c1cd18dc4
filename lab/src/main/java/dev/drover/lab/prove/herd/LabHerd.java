package dev.drover.lab.prove.herd;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.drover.lab.control.LabClient;
import dev.drover.lab.prove.FaultKind;

/** The instances of a lab on this machine, by its control API. */
public final class LabHerd implements Herd {
    /** Longer than a worker's lease, the longest of what an instance holds. */
    private static final long STOPPED_MILLIS = 12_000;

    private static final long DEAD_WITHIN_MILLIS = 30_000;
    private static final long REPLACED_WITHIN_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 100;

    private static final String READ_BY_ANYBODY = "/profiles/usr_" + "0".repeat(26);

    private final HttpClient http = HttpClient.newHttpClient();
    private final LabClient lab;
    private final URI gateway;
    private final StoreFaults stores;
    private final Optional<Admin> admin;
    private final Map<String, Long> wanted;

    private LabHerd(LabClient lab, URI gateway, StoreFaults stores, Optional<Admin> admin, Map<String, Long> wanted) {
        this.lab = lab;
        this.gateway = gateway;
        this.stores = stores;
        this.admin = admin;
        this.wanted = wanted;
    }

    /** What is ready now is what it takes to be whole. */
    public static LabHerd of(URI gateway, String token, StoreFaults stores, Optional<Admin> admin)
            throws IOException, InterruptedException {
        LabClient lab = new LabClient(gateway, Optional.of(token));
        Map<String, Long> wanted = readyByService(lab);
        if (wanted.isEmpty()) {
            throw new IOException("no instance is ready on " + gateway);
        }
        return new LabHerd(lab, gateway, stores, admin, wanted);
    }

    @Override
    public URI gateway() {
        return gateway;
    }

    @Override
    public List<Member> members() throws IOException, InterruptedException {
        return lab.members().stream()
                .map(one -> new Member(one.id(), one.service(), one.url(), one.isReady()))
                .toList();
    }

    @Override
    public Set<FaultKind> possible() {
        EnumSet<FaultKind> possible =
                EnumSet.of(FaultKind.KILL, FaultKind.DRAIN, FaultKind.STOP, FaultKind.ROLLING, FaultKind.ALL);
        possible.addAll(stores.possible());
        return possible;
    }

    @Override
    public List<String> services() {
        return List.copyOf(wanted.keySet());
    }

    @Override
    public boolean isWhole() throws InterruptedException {
        try {
            Map<String, Long> ready = readyByService(lab);
            return wanted.entrySet().stream()
                    .allMatch(entry -> ready.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean isWholeAfter(FaultKind kind, String target) throws InterruptedException {
        try {
            if (kind == FaultKind.REDIS_RESTART || kind == FaultKind.REDIS_PAUSE) {
                return isRedisReached();
            }
            String service = wanted.containsKey(target) ? target : target.replaceFirst("-.*", "");
            return ready(service).size() >= wanted.getOrDefault(service, 0L);
        } catch (IOException e) {
            return false;
        }
    }

    /** By an instance of every service that reads for anybody. */
    private boolean isRedisReached() throws IOException, InterruptedException {
        for (Member member : ready("profile")) {
            HttpRequest read = HttpRequest.newBuilder(member.url().resolve(READ_BY_ANYBODY))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            if (http.send(read, HttpResponse.BodyHandlers.discarding()).statusCode() >= 500) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<String> inflict(FaultKind kind, String service, int number, Struck struck)
            throws IOException, InterruptedException {
        if (stores.possible().contains(kind)) {
            struck.at(stores.target(kind));
            stores.inflict(kind);
            return Optional.of(stores.target(kind));
        }
        List<Member> living = living(service);
        if (living.isEmpty()) {
            return Optional.empty();
        }
        Member member = living.get(number % living.size());
        String hit = kind == FaultKind.ROLLING || kind == FaultKind.ALL ? member.service() : member.id();
        struck.at(hit);
        switch (kind) {
            case KILL -> {
                signal(member, "KILL");
                awaitGone(member);
            }
            case DRAIN -> {
                signal(member, "TERM");
                awaitGone(member);
            }
            case STOP -> stop(member);
            case ROLLING -> roll(living);
            case ALL -> {
                for (Member each : living) {
                    signal(each, "KILL");
                }
                awaitGone(member);
            }
            default -> throw new IOException(kind.label() + " cannot be done here");
        }
        return Optional.of(hit);
    }

    @Override
    public Optional<Admin> admin() {
        return admin;
    }

    @Override
    public void close() {
        lab.close();
        http.close();
    }

    private void stop(Member member) throws IOException, InterruptedException {
        signal(member, "STOP");
        try {
            Thread.sleep(STOPPED_MILLIS);
        } finally {
            signal(member, "CONT");
        }
    }

    /** One after the other, each once the service is whole again. */
    private void roll(List<Member> members) throws IOException, InterruptedException {
        for (Member member : members) {
            signal(member, "TERM");
            awaitGone(member);
            long deadline = System.nanoTime() + REPLACED_WITHIN_MILLIS * 1_000_000;
            while (ready(member.service()).size() < members.size() && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    /** Those of the service, or of the next that has any. */
    private List<Member> living(String service) throws IOException, InterruptedException {
        List<Member> ready = ready(service);
        if (!ready.isEmpty()) {
            return ready;
        }
        for (String other : services()) {
            if (!ready(other).isEmpty()) {
                return ready(other);
            }
        }
        return List.of();
    }

    private void awaitGone(Member member) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + DEAD_WITHIN_MILLIS * 1_000_000;
        while (members().stream().anyMatch(one -> one.id().equals(member.id())) && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** One that has just ended by itself, or was hit before, is hit enough. */
    private void signal(Member member, String signal) throws IOException, InterruptedException {
        lab.kill(member.id(), signal);
    }

    private static Map<String, Long> readyByService(LabClient lab) throws IOException, InterruptedException {
        return lab.members().stream()
                .filter(LabClient.Member::isReady)
                .collect(Collectors.groupingBy(LabClient.Member::service, TreeMap::new, Collectors.counting()));
    }
}
