package dev.drover.audit.rule;

import java.util.Set;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.JavaClass;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;
import dev.drover.audit.code.Literal;

/** Cookies by which a balancer brings a client back to the same instance. */
final class SessionAffinityRule implements Rule {

    private static final Set<String> COOKIES = Set.of(
            "JSESSIONID",
            "jsessionid",
            "jvmRoute",
            "AWSALB",
            "AWSALBCORS",
            "AWSELB",
            "SERVERID",
            "INGRESSCOOKIE",
            "ARRAffinity",
            "BIGipServer",
            "vertx-web.session");

    @Override
    public String id() {
        return "session-affinity";
    }

    @Override
    public String forbids() {
        return "name the cookies of sticky sessions";
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        for (Literal literal : code.literalsIn(type)) {
            if (COOKIES.contains(literal.value())) {
                String what = "names \"%s\", the cookie of a sticky session".formatted(literal.value());
                found.accept(Observation.of(ChecklistItem.SESSIONS, type, literal.place(), what));
            }
        }
    }
}
