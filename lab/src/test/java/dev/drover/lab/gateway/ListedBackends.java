package dev.drover.lab.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Instances as a test lists them. As in a fleet, one whose connection failed is no longer ready. */
final class ListedBackends implements Backends {
    private final List<Backend> ready = new CopyOnWriteArrayList<>();
    private final Set<Backend> hanging = ConcurrentHashMap.newKeySet();
    private final List<Backend> suspected = new CopyOnWriteArrayList<>();

    void add(Backend backend) {
        ready.add(backend);
    }

    void hang(Backend backend) {
        hanging.add(backend);
        ready.remove(backend);
    }

    List<Backend> suspected() {
        return List.copyOf(suspected);
    }

    @Override
    public Optional<String> serviceFor(String path) {
        return path.startsWith("/herd") ? Optional.of("herd") : Optional.empty();
    }

    @Override
    public List<Backend> ready(String service) {
        return new ArrayList<>(ready);
    }

    @Override
    public boolean responds(Backend backend) {
        return !hanging.contains(backend);
    }

    @Override
    public void suspect(Backend backend) {
        suspected.add(backend);
        ready.remove(backend);
    }
}
