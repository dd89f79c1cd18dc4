package dev.drover.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.drover.audit.StatelessRules;
import dev.drover.platform.admission.HeldUntilAdmitted;

/** The layering every service keeps (CONTRIBUTING.md). A service extends this and names its package. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ArchitectureRules {

    private static final String[] PARTS = {"auth", "profile", "media", "jobs", "realtime", "lab"};

    /** Itself, or with the class around it. */
    private static final DescribedPredicate<JavaClass> BE_REGISTERED =
            DescribedPredicate.describe("be registered for reflection", type -> Stream.iterate(
                            Optional.of(type),
                            Optional::isPresent,
                            around -> around.flatMap(JavaClass::getEnclosingClass))
                    .anyMatch(around -> around.orElseThrow().isAnnotatedWith(RegisterForReflection.class)));

    private JavaClasses classes;

    /** The part's name below {@code dev.drover}, for example {@code auth}. */
    protected abstract String part();

    @BeforeAll
    void importOnce() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.drover." + part());
    }

    @Test
    void servicesDoNotImportOneAnother() {
        String[] others = Stream.of(PARTS)
                .filter(other -> !other.equals(part()))
                .map(other -> "dev.drover." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("services share the platform and wire contracts; each is deployed on its own")
                .check(classes);
    }

    @Test
    void onlyTransportKnowsHttp() {
        noClasses()
                .that()
                .haveNameNotMatching(".*(Resource|Socket|Filter|Mapper|Cookies|Requests?|Responses?|Body)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "io.vertx.ext.web..")
                .because("rules must be testable without a server, and are the same whatever carries the request")
                .check(classes);
    }

    @Test
    void onlyAdaptersKnowRedis() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.Redis[A-Z].*")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.redis..", "io.vertx.mutiny.redis..", "io.quarkus.redis..")
                .because("a port says what is wanted; only its Redis adapter knows how it is stored")
                .check(classes);
    }

    @Test
    void onlyAdaptersKnowTheObjectStoresSdk() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(S3[A-Z].*|ObjectStoreProducer.*)")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon.awssdk..")
                .because("a port says what is wanted; only its S3 adapter knows the SDK")
                .check(classes);
    }

    @Test
    void holdsNothingThatHasToSurviveTheProcess() {
        StatelessRules.all().check(classes);
    }

    @Test
    void onlyReadsBeginBeforeTheyAreAdmittedAndWritesThatSaySo() {
        methods()
                .that()
                .areAnnotatedWith(HeldUntilAdmitted.class)
                .should(beReadsOrSayThatTheyWrite())
                .andShould()
                .notBeAnnotatedWith(RolesAllowed.class)
                .andShould()
                .beDeclaredInClassesThat(askForNoRole())
                .because("what turns out not to be admitted must have changed nothing, and its answer must be held")
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void everyPostRunsOnAVirtualThread() {
        methods()
                .that()
                .areAnnotatedWith(POST.class)
                .should()
                .beAnnotatedWith(RunOnVirtualThread.class)
                .orShould()
                .beDeclaredInClassesThat(DescribedPredicate.describe(
                        "run on virtual threads", type -> type.isAnnotatedWith(RunOnVirtualThread.class)))
                .because("the filter of the Idempotency-Key runs on the resource's thread and waits for Redis there")
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void aStreamOnAVirtualThreadSaysThatItsBeginningBlocks() {
        methods()
                .that()
                .haveRawReturnType(Multi.class)
                .and()
                .areAnnotatedWith(GET.class)
                .and()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(RunOnVirtualThread.class)
                .should()
                .beAnnotatedWith(Blocking.class)
                .because("Quarkus takes what returns a stream for non-blocking, and says an error of it at each start")
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void whatJsonIsMadeOfAndReadIntoIsRegisteredForNativeExecutables() {
        classes()
                .that()
                .areAnnotatedWith(Schema.class)
                .and()
                .areRecords()
                .should(ArchCondition.from(BE_REGISTERED))
                .because("a resource that returns a Response does not say of what type its body is")
                .allowEmptyShould(true)
                .check(classes);
        classes()
                .should(readJsonOnlyIntoWhatIsRegistered())
                .because("what only Jackson looks into has no members in a native executable")
                .check(classes);
    }

    private static ArchCondition<JavaClass> readJsonOnlyIntoWhatIsRegistered() {
        return new ArchCondition<>("read JSON only into what is registered for reflection") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getCodeUnits().stream()
                        .filter(unit -> unit.getMethodCallsFromSelf().stream().anyMatch(ArchitectureRules::readsJson))
                        .flatMap(unit -> unit.getReferencedClassObjects().stream())
                        .map(ReferencedClassObject::getRawType)
                        .filter(target -> target.getPackageName().startsWith("dev.drover"))
                        .filter(BE_REGISTERED.negate())
                        .forEach(target -> events.add(SimpleConditionEvent.violated(
                                type, target.getName() + " is read from JSON in " + type.getName())));
            }
        };
    }

    private static boolean readsJson(JavaMethodCall call) {
        return call.getTargetOwner().isAssignableTo(ObjectMapper.class)
                && Set.of("readValue", "treeToValue", "convertValue").contains(call.getName());
    }

    private static ArchCondition<JavaMethod> beReadsOrSayThatTheyWrite() {
        return new ArchCondition<>("be GET, or PUT, PATCH or DELETE with writes = true") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean writes =
                        method.getAnnotationOfType(HeldUntilAdmitted.class).writes();
                boolean isFit = writes
                        ? Stream.of(PUT.class, PATCH.class, DELETE.class).anyMatch(method::isAnnotatedWith)
                        : method.isAnnotatedWith(GET.class);
                if (!isFit) {
                    events.add(SimpleConditionEvent.violated(method, method.getDescription() + " begins too early"));
                }
                boolean mayWait = method.isAnnotatedWith(RunOnVirtualThread.class)
                        || method.getOwner().isAnnotatedWith(RunOnVirtualThread.class);
                if (mayWait == method.isAnnotatedWith(NonBlocking.class) || writes && !mayWait) {
                    events.add(SimpleConditionEvent.violated(
                            method,
                            method.getDescription()
                                    + " runs neither on a virtual thread nor, reading, on the event loop"));
                }
            }
        };
    }

    private static DescribedPredicate<JavaClass> askForNoRole() {
        return DescribedPredicate.describe("ask for no role", type -> !type.isAnnotatedWith(RolesAllowed.class));
    }
}
