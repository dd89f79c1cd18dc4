package dev.drover.platform.flags;

import java.nio.charset.StandardCharsets;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.Value;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What the string flag {@value #FLAG} says stands on every answer of the API, so that an operator can announce something to all clients at once. Rules
 * may ask for the attribute {@code service}.
 */
@Singleton
public final class MaintenanceNotice {

    static final String FLAG = "maintenance-notice";
    static final String HEADER = "Drover-Notice";

    private static final int BYTES_MAX = 500;

    private final Client features;
    private final FlagCopy copy;
    private final FlagConfig config;
    private final ImmutableContext context;

    MaintenanceNotice(
            Client features,
            FlagCopy copy,
            FlagConfig config,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.features = features;
        this.copy = copy;
        this.config = config;
        this.context = new ImmutableContext(service, java.util.Map.of("service", new Value(service)));
    }

    void register(@Observes Filters filters) {
        if (!config.copied()) {
            return;
        }
        filters.register(
                request -> {
                    // Mostly there is none, and every request passes here.
                    if (copy.snapshot().flag(FLAG).isPresent()) {
                        announce(request.response());
                    }
                    request.next();
                },
                PRIORITY);
    }

    private void announce(HttpServerResponse response) {
        String notice = field(features.getStringValue(FLAG, "", context));
        if (!notice.isEmpty()) {
            response.putHeader(HEADER, notice);
        }
    }

    /** After the instance has said its name. */
    private static final int PRIORITY = 990;

    /** What a header field may carry: RFC 9110's visible ASCII; anything else is left out. */
    static String field(String notice) {
        String visible = notice.replaceAll("[^\\x20-\\x7e]", " ").strip();
        byte[] bytes = visible.getBytes(StandardCharsets.US_ASCII);
        return bytes.length <= BYTES_MAX ? visible : visible.substring(0, BYTES_MAX);
    }
}
