package dev.drover.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.lang.annotation.Annotation;
import java.util.stream.Stream;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.common.annotation.RunOnVirtualThread;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.drover.audit.StatelessRules;
import dev.drover.platform.admission.HeldUntilAdmitted;

/** The layering every service keeps (CONTRIBUTING.md). A service extends this and names its package. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ArchitectureRules {

    private static final String[] PARTS = {"auth", "profile", "media", "jobs", "realtime", "lab"};

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
    void onlyReadsBeginBeforeTheyAreAdmitted() {
        methods()
                .that()
                .areAnnotatedWith(HeldUntilAdmitted.class)
                .should()
                .beAnnotatedWith(GET.class)
                .andShould()
                .notBeAnnotatedWith(RolesAllowed.class)
                .andShould()
                .beDeclaredInClassesThat(isAnnotatedWith(RunOnVirtualThread.class))
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

    private static DescribedPredicate<JavaClass> isAnnotatedWith(Class<? extends Annotation> annotation) {
        return DescribedPredicate.describe(
                "run on virtual threads and ask for no role",
                type -> type.isAnnotatedWith(annotation) && !type.isAnnotatedWith(RolesAllowed.class));
    }
}
