package dev.drover.lab.prove.herd;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.drover.lab.prove.FaultKind;

/** A suite somewhere, of which only the address is known: it is loaded and audited through that, and nothing is broken. */
public final class UrlHerd implements Herd {
    private static final List<String> SERVICES = List.of("auth", "jobs", "media", "profile", "realtime");

    private final URI gateway;
    private final Optional<Admin> admin;

    /** @param environment may name an admin: {@code DROVER_ADMIN_EMAIL} and {@code DROVER_ADMIN_PASSWORD} */
    public UrlHerd(URI gateway, Map<String, String> environment) {
        this.gateway = gateway;
        this.admin = admin(environment);
    }

    static Optional<Admin> admin(Map<String, String> environment) {
        String email = environment.getOrDefault("DROVER_ADMIN_EMAIL", "");
        String password = environment.getOrDefault("DROVER_ADMIN_PASSWORD", "");
        return email.isBlank() || password.isBlank()
                ? Optional.empty()
                : Optional.of(new Admin(email, password, false));
    }

    @Override
    public URI gateway() {
        return gateway;
    }

    @Override
    public List<Member> members() {
        return SERVICES.stream()
                .map(service -> new Member("the gateway", service, gateway, true))
                .toList();
    }

    @Override
    public Set<FaultKind> possible() {
        return Set.of();
    }

    @Override
    public List<String> services() {
        return SERVICES;
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public boolean isWholeAfter(FaultKind kind, String target) {
        return true;
    }

    @Override
    public Optional<String> inflict(FaultKind kind, String service, int number, Struck struck) {
        return Optional.empty();
    }

    @Override
    public Optional<Admin> admin() {
        return admin;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
