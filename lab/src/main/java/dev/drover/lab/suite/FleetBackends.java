package dev.drover.lab.suite;

import java.util.List;
import java.util.Optional;

import dev.drover.lab.fleet.Fleet;
import dev.drover.lab.fleet.Instance;
import dev.drover.lab.fleet.InstanceState;
import dev.drover.lab.fleet.Service;
import dev.drover.lab.gateway.Backend;
import dev.drover.lab.gateway.Backends;

/** The fleet as the gateway sees it. */
final class FleetBackends implements Backends {
    private final Fleet fleet;

    FleetBackends(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public Optional<String> serviceFor(String path) {
        return Service.serving(path).map(Service::label);
    }

    @Override
    public List<Backend> ready(String service) {
        return fleet.instances().stream()
                .filter(instance -> instance.service().label().equals(service))
                .filter(instance -> instance.state() == InstanceState.READY)
                .map(FleetBackends::backend)
                .toList();
    }

    @Override
    public boolean responds(Backend backend) {
        return fleet.find(backend.instanceId())
                .map(Instance::state)
                .filter(state -> state != InstanceState.UNRESPONSIVE)
                .isPresent();
    }

    @Override
    public void suspect(Backend backend) {
        fleet.suspect(backend.instanceId());
    }

    private static Backend backend(Instance instance) {
        return new Backend(instance.id(), "127.0.0.1", instance.port());
    }
}
