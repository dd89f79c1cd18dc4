package dev.drover.audit.rule;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;

/** The container's session, and beans that live in one. */
final class HttpSessionRule implements Rule {

    private static final Set<String> SESSIONS = Set.of(
            "jakarta.servlet.http.HttpSession",
            "javax.servlet.http.HttpSession",
            "io.vertx.ext.web.Session",
            "org.springframework.web.server.WebSession");
    private static final Set<String> SCOPES = Set.of(
            "SessionScoped",
            "ConversationScoped",
            "ViewScoped",
            "FlowScoped",
            "SessionScope",
            "SessionAttributes",
            "SessionAttribute",
            "Stateful");
    private static final CallTable OPENING = CallTable.of()
            .calls("jakarta.servlet.http.HttpServletRequest", "getSession")
            .calls("javax.servlet.http.HttpServletRequest", "getSession")
            .calls("io.vertx.ext.web.RoutingContext", "session")
            .calls("io.vertx.ext.web.sstore.LocalSessionStore", "create")
            .calls("io.vertx.ext.web.handler.SessionHandler", "create");

    @Override
    public String id() {
        return "http-session";
    }

    @Override
    public String forbids() {
        return "use HTTP sessions or session-scoped beans";
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        Names.annotation(type, SCOPES)
                .map(scope -> Observation.of(
                        ChecklistItem.SESSIONS, type, 0, "is @" + scope + ", so it lives in one instance's session"))
                .ifPresent(found);
        for (JavaMethod method : type.getMethods()) {
            Names.annotation(method, SCOPES)
                    .map(scope -> Observation.of(ChecklistItem.SESSIONS, method, "makes a @" + scope + " object"))
                    .ifPresent(found);
        }
        for (JavaField field : type.getFields()) {
            if (Names.isA(field.getRawType(), SESSIONS) && !field.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                found.accept(
                        Observation.of(ChecklistItem.SESSIONS, field, code.lineOf(field), "holds an HTTP session"));
            }
        }
        firstUses(type, code).forEach(access -> {
            String what = "uses the HTTP session (%s)".formatted(CallTable.name(access));
            found.accept(Observation.of(ChecklistItem.SESSIONS, access, what));
        });
    }

    /** One finding a method: the attributes read and written through the session are the same fault. */
    private static Collection<JavaAccess<?>> firstUses(JavaClass type, Codebase code) {
        Map<JavaCodeUnit, JavaAccess<?>> first = new LinkedHashMap<>();
        code.accessesFrom(type).stream()
                .filter(access -> OPENING.contains(access) || Names.isA(access.getTargetOwner(), SESSIONS))
                .sorted(Comparator.<JavaAccess<?>>comparingInt(JavaAccess::getLineNumber)
                        .thenComparing(access -> !OPENING.contains(access))
                        .thenComparing(JavaAccess::getName))
                .forEach(access -> first.putIfAbsent(access.getOrigin(), access));
        return first.values();
    }
}
