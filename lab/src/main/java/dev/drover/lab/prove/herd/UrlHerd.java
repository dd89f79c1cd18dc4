package dev.drover.lab.prove.herd;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.drover.lab.prove.FaultKind;

/** A suite somewhere, of which only the address is known: it is loaded and audited through that, and nothing is broken. */
public final class UrlHerd implements Herd {
    private static final List<String> SERVICES = List.of("auth", "jobs", "media", "profile", "realtime");

    private static final String READ_BY_ANYBODY = "/auth/.well-known/jwks.json";
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

    private final URI gateway;
    private final Optional<Admin> admin;

    private UrlHerd(URI gateway, Optional<Admin> admin) {
        this.gateway = gateway;
        this.admin = admin;
    }

    /**
     * Fails when nobody answers there: users would go on trying for minutes.
     *
     * @param environment may name an admin: {@code DROVER_ADMIN_EMAIL} and {@code DROVER_ADMIN_PASSWORD}
     */
    public static UrlHerd of(URI gateway, Map<String, String> environment) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build()) {
            HttpRequest question = HttpRequest.newBuilder(gateway.resolve(READ_BY_ANYBODY))
                    .timeout(ANSWERS_WITHIN)
                    .build();
            http.send(question, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new IOException("nobody answers at " + gateway, e);
        }
        return new UrlHerd(gateway, admin(environment));
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
