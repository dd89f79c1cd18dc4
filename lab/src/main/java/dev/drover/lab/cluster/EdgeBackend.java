package dev.drover.lab.cluster;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import dev.drover.lab.fleet.Service;
import dev.drover.lab.gateway.Backend;
import dev.drover.lab.gateway.Backends;

/** The suite as the room's own port passes requests on to it: through the edge, which knows the pods. */
final class EdgeBackend implements Backends {
    private static final String NAME = "edge";

    private final Backend edge;

    EdgeBackend(URI edge) {
        this.edge = new Backend(NAME, edge.getHost(), edge.getPort() < 0 ? 80 : edge.getPort());
    }

    @Override
    public Optional<String> serviceFor(String path) {
        return Service.serving(path).map(service -> NAME);
    }

    @Override
    public List<Backend> ready(String service) {
        return List.of(edge);
    }

    @Override
    public boolean responds(Backend backend) {
        return true;
    }

    @Override
    public void suspect(Backend backend) {
        // There is no other.
    }
}
