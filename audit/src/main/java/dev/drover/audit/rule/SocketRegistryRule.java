package dev.drover.audit.rule;

import java.util.Set;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;

/** Registries of sockets, and broadcasts that reach this instance's sockets only. */
final class SocketRegistryRule implements Rule {

    private static final CallTable LOCAL_BROADCASTS = CallTable.of()
            .calls("io.quarkus.websockets.next.WebSocketConnection", "broadcast", "getOpenConnections")
            .calls(
                    "io.quarkus.websockets.next.OpenConnections",
                    "stream",
                    "listAll",
                    "findByConnectionId",
                    "findByEndpointId",
                    "iterator")
            .calls("jakarta.websocket.Session", "getOpenSessions")
            .calls("javax.websocket.Session", "getOpenSessions")
            .calls("jakarta.ws.rs.sse.SseBroadcaster", "broadcast", "register")
            .calls("javax.ws.rs.sse.SseBroadcaster", "broadcast", "register")
            .calls("io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor", "create");

    @Override
    public String id() {
        return "socket-registry";
    }

    @Override
    public String forbids() {
        return "keep a registry of sockets, or broadcast to this instance's sockets only";
    }

    @Override
    public Set<String> excuses() {
        return Marks.PROCESS;
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        for (JavaField field : type.getFields()) {
            if (Memory.isCollectionOfSockets(field)) {
                String what = "is a registry of sockets (%s)"
                        .formatted(Names.simple(field.getRawType().getName()));
                found.accept(Observation.of(ChecklistItem.SOCKETS, field, code.lineOf(field), what));
            }
        }
        for (JavaAccess<?> access : code.accessesFrom(type)) {
            if (LOCAL_BROADCASTS.contains(access)) {
                String what =
                        "calls %s, which knows the sockets of this instance only".formatted(CallTable.name(access));
                found.accept(Observation.of(ChecklistItem.SOCKETS, access, what));
            }
        }
    }
}
