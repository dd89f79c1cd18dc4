package dev.drover.audit.code;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;

/**
 * The classes of which one object serves many requests: beans, resources, endpoints, servlets, and what those hold in a field. Annotations are
 * known by their simple names, so that jakarta and javax, Quarkus and Spring are told by the same words.
 */
final class SharedClasses {

    private static final Set<String> BEANS = Set.of(
            "ApplicationScoped",
            "Singleton",
            "Startup",
            "ManagedBean",
            // Served by one object in Quarkus, and in any framework when declared so.
            "Path",
            "Provider",
            "WebServlet",
            "WebFilter",
            "WebListener",
            "ServerEndpoint",
            "WebSocket",
            "WebSocketClient",
            "RegisterRestClient",
            "MessageDriven",
            "Interceptor",
            "Decorator",
            "Verticle",
            "GrpcService",
            "GraphQLApi",
            "Component",
            "Service",
            "Repository",
            "Controller",
            "RestController",
            "Configuration",
            "ControllerAdvice",
            "RestControllerAdvice");
    private static final Set<String> OWN_PER_REQUEST =
            Set.of("RequestScoped", "RequestScope", "Dependent", "TransactionScoped", "Stateful", "SessionScoped");
    private static final Set<String> BASES = Set.of(
            "jakarta.servlet.http.HttpServlet",
            "javax.servlet.http.HttpServlet",
            "io.vertx.core.AbstractVerticle",
            "io.vertx.core.Verticle",
            "jakarta.ws.rs.container.ContainerRequestFilter",
            "jakarta.ws.rs.container.ContainerResponseFilter",
            "jakarta.ws.rs.core.Application");

    private final Map<String, String> reasons;

    private SharedClasses(Map<String, String> reasons) {
        this.reasons = reasons;
    }

    static SharedClasses of(Map<String, JavaClass> classes) {
        Map<String, String> reasons = new HashMap<>();
        Deque<JavaClass> unread = new ArrayDeque<>();
        for (JavaClass type : classes.values()) {
            bean(type).ifPresent(reason -> {
                reasons.put(type.getName(), reason);
                unread.add(type);
            });
            producedBy(type, classes, reasons, unread);
            heldByStatics(type, classes, reasons, unread);
        }
        while (!unread.isEmpty()) {
            JavaClass holder = unread.remove();
            for (JavaField field : holder.getFields()) {
                JavaClass held = classes.get(field.getRawType().getName());
                if (held != null && mayHoldState(held)) {
                    if (reasons.putIfAbsent(held.getName(), "held by " + holder.getSimpleName()) == null) {
                        unread.add(held);
                    }
                }
            }
        }
        return new SharedClasses(reasons);
    }

    Optional<String> because(JavaClass type) {
        return Optional.ofNullable(reasons.get(type.getName()));
    }

    private static Optional<String> bean(JavaClass type) {
        if (annotation(type, OWN_PER_REQUEST).isPresent()) {
            return Optional.empty();
        }
        Optional<String> annotation = annotation(type, BEANS);
        if (annotation.isPresent()) {
            return annotation.map(name -> "a bean (@" + name + ")");
        }
        return type.getAllRawSuperclasses().stream()
                .map(JavaClass::getName)
                .filter(BASES::contains)
                .findFirst()
                .or(() -> type.getAllRawInterfaces().stream()
                        .map(JavaClass::getName)
                        .filter(BASES::contains)
                        .findFirst())
                .map(base -> "a " + base.substring(base.lastIndexOf('.') + 1));
    }

    private static void producedBy(
            JavaClass type, Map<String, JavaClass> classes, Map<String, String> reasons, Deque<JavaClass> unread) {
        for (JavaMethod method : type.getMethods()) {
            JavaClass made = classes.get(method.getRawReturnType().getName());
            boolean produces = annotation(method, Set.of("Produces", "Bean")).isPresent();
            if (made != null
                    && produces
                    && annotation(method, Set.of("RequestScoped", "Dependent")).isEmpty()) {
                if (reasons.putIfAbsent(made.getName(), "a bean made by " + type.getSimpleName()) == null) {
                    unread.add(made);
                }
            }
        }
    }

    private static void heldByStatics(
            JavaClass type, Map<String, JavaClass> classes, Map<String, String> reasons, Deque<JavaClass> unread) {
        for (JavaField field : type.getFields()) {
            JavaClass held = classes.get(field.getRawType().getName());
            boolean isStatic = field.getModifiers().contains(JavaModifier.STATIC);
            if (isStatic && held != null && (held.isEnum() || mayHoldState(held) && isSingleton(held))) {
                String reason = held.isEnum() ? "an enum" : "held by a static field of " + type.getSimpleName();
                if (reasons.putIfAbsent(held.getName(), reason) == null) {
                    unread.add(held);
                }
            }
        }
    }

    /** Whether the only objects are those of static fields. Of a class with others too, those are constants, like an empty value. */
    private static boolean isSingleton(JavaClass type) {
        return type.getConstructorCallsToSelf().stream()
                .allMatch(call -> call.getOrigin().getName().equals("<clinit>"));
    }

    private static boolean mayHoldState(JavaClass type) {
        return !type.isEnum() && !type.isRecord() && !type.isInterface();
    }

    private static Optional<String> annotation(HasAnnotations<?> element, Set<String> simpleNames) {
        return element.getAnnotations().stream()
                .map(JavaAnnotation::getRawType)
                .map(JavaClass::getSimpleName)
                .filter(simpleNames::contains)
                .findFirst();
    }
}
