package dev.drover.openapi;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.openapi.api.SmallRyeOASConfig;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.openapi.models.Operation;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** What the annotations of one service say, by SmallRye's scanner; what only Drover knows of an operation is noted on it for later. */
record ServiceScan(ObjectNode document) {

    /** On an operation between the scan and its {@link Completion}. */
    static final String NEEDS_CALLER = "x-scan-needs-caller";

    static final String ROLES = "x-scan-roles";
    static final String PROBLEMS = "x-scan-problems";

    private static final DotName AUTHENTICATED = DotName.createSimple("io.quarkus.security.Authenticated");
    private static final DotName ROLES_ALLOWED = DotName.createSimple("jakarta.annotation.security.RolesAllowed");
    private static final DotName OWN_PROBLEMS = DotName.createSimple("dev.drover.platform.problem.Problems");

    static ServiceScan of(Service service) throws IOException {
        IndexView index = service.index();
        String json = SmallRyeOpenAPI.builder()
                .withConfig(config())
                .withIndex(index)
                .withApplicationClassLoader(service.main().getClassLoader())
                .enableModelReader(false)
                .enableStandardFilter(false)
                .enableStandardStaticFiles(false)
                .enableUnannotatedPathParameters(true)
                .withOperationHandler(ServiceScan::note)
                .build()
                .toJSON();
        ObjectNode document = (ObjectNode) new ObjectMapper().readTree(json);
        new MemberRules(index).apply(document);
        return new ServiceScan(document);
    }

    private static void note(Operation operation, ClassInfo resource, MethodInfo method) {
        AnnotationInstance roles = find(method, resource, ROLES_ALLOWED);
        if (roles != null) {
            operation.addExtension(ROLES, List.of(roles.value().asStringArray()));
        }
        if (roles != null || find(method, resource, AUTHENTICATED) != null) {
            operation.addExtension(NEEDS_CALLER, true);
        }
        AnnotationInstance problems = method.declaredAnnotation(OWN_PROBLEMS);
        if (problems != null) {
            operation.addExtension(PROBLEMS, List.of(problems.value().asStringArray()));
        }
    }

    private static AnnotationInstance find(MethodInfo method, ClassInfo resource, DotName annotation) {
        AnnotationInstance own = method.declaredAnnotation(annotation);
        return own != null ? own : resource.declaredAnnotation(annotation);
    }

    /** Only these settings: the configuration of the services is on the class path too, and none of this program's business. */
    private static Config config() {
        Map<String, String> settings = Map.of(
                SmallRyeOASConfig.VERSION, "3.1.0",
                SmallRyeOASConfig.DEFAULT_CONSUMES, "application/json",
                SmallRyeOASConfig.DEFAULT_PRODUCES, "application/json",
                SmallRyeOASConfig.SMALLRYE_REMOVE_UNUSED_SCHEMAS, "true",
                SmallRyeOASConfig.DUPLICATE_OPERATION_ID_BEHAVIOR, "FAIL");
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "openapi", 100))
                .build();
    }
}
