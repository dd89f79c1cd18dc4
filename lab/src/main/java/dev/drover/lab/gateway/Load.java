package dev.drover.lab.gateway;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What each instance is busy with. Lives on the gateway's event loop. */
final class Load {
    /** Something an instance is busy with, which can be taken from it. */
    interface Work {
        void abandon();

        default boolean isSocket() {
            return false;
        }
    }

    private final Map<Backend, Set<Work>> work = new HashMap<>();
    private final Random random = new Random();

    /** The least busy of {@code ready} that was not {@code tried}; when all were tried, the least busy of all. */
    Optional<Backend> leastBusy(List<Backend> ready, Set<Backend> tried) {
        List<Backend> untried =
                ready.stream().filter(backend -> !tried.contains(backend)).toList();
        List<Backend> candidates = untried.isEmpty() ? ready : untried;
        int least = candidates.stream().mapToInt(this::count).min().orElse(0);
        List<Backend> idlest =
                candidates.stream().filter(backend -> count(backend) == least).toList();
        return idlest.isEmpty() ? Optional.empty() : Optional.of(idlest.get(random.nextInt(idlest.size())));
    }

    void begin(Backend backend, Work item) {
        work.computeIfAbsent(backend, busy -> new HashSet<>()).add(item);
    }

    void end(Backend backend, Work item) {
        Set<Work> items = work.get(backend);
        if (items != null && items.remove(item) && items.isEmpty()) {
            work.remove(backend);
        }
    }

    int count(Backend backend) {
        return work.getOrDefault(backend, Set.of()).size();
    }

    int count(String instanceId) {
        return work.entrySet().stream()
                .filter(entry -> entry.getKey().instanceId().equals(instanceId))
                .mapToInt(entry -> entry.getValue().size())
                .sum();
    }

    int sockets() {
        return (int) work.values().stream()
                .flatMap(Set::stream)
                .filter(Work::isSocket)
                .count();
    }

    /** Takes its work from every instance that no longer responds. */
    void abandonWhatHangs(Backends backends) {
        List<Backend> hanging = work.keySet().stream()
                .filter(backend -> !backends.responds(backend))
                .toList();
        for (Backend backend : hanging) {
            List.copyOf(work.getOrDefault(backend, Set.of())).forEach(Work::abandon);
        }
    }
}
