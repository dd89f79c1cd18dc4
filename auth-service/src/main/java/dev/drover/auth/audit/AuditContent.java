package dev.drover.auth.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.json.JsonObject;

/** An event as the text that is stored, sealed and hashed. It is read back as it stands, never written anew. */
final class AuditContent {

    private AuditContent() {}

    /** @param id tells two events of the same content apart */
    static String of(AuditEvent event, Optional<String> address, String id) {
        JsonObject json =
                new JsonObject().put("id", id).put("kind", event.kind().word());
        event.account().ifPresent(account -> json.put("account", account));
        event.actor().ifPresent(actor -> json.put("actor", actor));
        event.session().ifPresent(session -> json.put("session", session));
        address.ifPresent(network -> json.put("address", network));
        if (!event.details().isEmpty()) {
            JsonObject details = new JsonObject();
            event.details().forEach(details::put);
            json.put("details", details);
        }
        return json.encode();
    }

    static AuditEvent event(JsonObject json) {
        Map<String, String> details = new LinkedHashMap<>();
        json.getJsonObject("details", new JsonObject())
                .forEach(detail -> details.put(detail.getKey(), String.valueOf(detail.getValue())));
        return new AuditEvent(
                AuditKind.parse(json.getString("kind"))
                        .orElseThrow(() -> new IllegalStateException("an audit entry of an unknown kind")),
                text(json, "account"),
                text(json, "actor"),
                text(json, "session"),
                details);
    }

    static Optional<String> text(JsonObject json, String name) {
        return Optional.ofNullable(json.getString(name));
    }
}
