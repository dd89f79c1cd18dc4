package dev.drover.audit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

import dev.drover.audit.rule.Rule;
import dev.drover.audit.rule.Rules;

/**
 * The audit as ArchUnit rules, for the tests of any Jakarta, Quarkus or Spring project:
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "com.acme", importOptions = ImportOption.DoNotIncludeTests.class)
 * class StatelessTest {
 *     @ArchTest
 *     static final ArchRule STATELESS = StatelessRules.all();
 * }
 * }</pre>
 */
public final class StatelessRules {

    private StatelessRules() {}

    /** Every rule at once, in one pass over the classes. */
    public static ArchRule all() {
        return all(AuditSettings.DEFAULT);
    }

    public static ArchRule all(AuditSettings settings) {
        return rule("classes should hold nothing that has to survive the process", Rules.ALL, settings);
    }

    public static ArchRule noHttpSessions() {
        return rule(Rules.HTTP_SESSION);
    }

    public static ArchRule noSessionAffinity() {
        return rule(Rules.SESSION_AFFINITY);
    }

    public static ArchRule noKeysOfTheirOwn() {
        return rule(Rules.OWN_KEY);
    }

    public static ArchRule noFileWrites() {
        return rule(Rules.FILE_WRITE);
    }

    public static ArchRule noMutableStatics() {
        return rule(Rules.MUTABLE_STATIC);
    }

    public static ArchRule noRequestStateInBeans() {
        return rule(Rules.REQUEST_STATE);
    }

    public static ArchRule noStoresInBeans() {
        return rule(Rules.BEAN_STORE);
    }

    public static ArchRule noCachesByAnnotation() {
        return rule(Rules.CACHE_ANNOTATION);
    }

    public static ArchRule noTempFiles() {
        return rule(Rules.TEMP_FILE);
    }

    public static ArchRule environmentIsReadInPackages(String... configPackages) {
        return rule(
                "no classes should " + Rules.ENVIRONMENT.forbids(),
                List.of(Rules.ENVIRONMENT),
                new AuditSettings(List.of(configPackages)));
    }

    public static ArchRule noHardCodedHosts() {
        return rule(Rules.HARD_CODED_HOST);
    }

    public static ArchRule noSocketRegistries() {
        return rule(Rules.SOCKET_REGISTRY);
    }

    public static ArchRule noTimersWithoutClaim() {
        return rule(Rules.SCHEDULE);
    }

    public static ArchRule noWorkQueuesInMemory() {
        return rule(Rules.WORK_QUEUE);
    }

    public static ArchRule noRateLimitersInMemory() {
        return rule(Rules.RATE_LIMITER);
    }

    public static ArchRule noSharedLocks() {
        return rule(Rules.SHARED_LOCK);
    }

    public static ArchRule noServerIdentity() {
        return rule(Rules.SERVER_IDENTITY);
    }

    private static ArchRule rule(Rule rule) {
        return rule("no classes should " + rule.forbids(), List.of(rule), AuditSettings.DEFAULT);
    }

    private static ArchRule rule(String description, List<Rule> rules, AuditSettings settings) {
        return ArchRuleDefinition.classes()
                .should(new BeStateless(new Audit(rules, settings)))
                .as(description)
                .because("an instance may be killed at any moment, and another one may answer the next request")
                .allowEmptyShould(true);
    }

    /** Who holds whom is a matter of all classes, so all are judged before the first is asked for. */
    private static final class BeStateless extends ArchCondition<JavaClass> {

        private final Audit audit;
        private Map<String, List<Finding>> findings = Map.of();

        BeStateless(Audit audit) {
            super("be stateless");
            this.audit = audit;
        }

        @Override
        public void init(Collection<JavaClass> all) {
            findings = audit.of(all).findings().stream().collect(Collectors.groupingBy(Finding::type));
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            for (Finding finding : findings.getOrDefault(type.getName(), List.of())) {
                events.add(SimpleConditionEvent.violated(type, finding.toString()));
            }
        }
    }
}
