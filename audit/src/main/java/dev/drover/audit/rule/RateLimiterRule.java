package dev.drover.audit.rule;

import java.util.Set;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;

/** Limiters that count for one process. */
final class RateLimiterRule implements Rule {

    private static final CallTable LIMITERS = CallTable.of()
            .calls("com.google.common.util.concurrent.RateLimiter", "create")
            .calls("io.github.bucket4j.Bucket", "builder")
            .calls("io.github.bucket4j.Bucket4j", "builder")
            .calls("io.github.bucket4j.local.LocalBucketBuilder", "build")
            .calls("io.github.resilience4j.ratelimiter.RateLimiter", "of*")
            .calls("io.github.resilience4j.ratelimiter.RateLimiterRegistry", "of*");

    private static final Set<String> ANNOTATIONS = Set.of(
            "io.smallrye.faulttolerance.api.RateLimit",
            "io.github.resilience4j.ratelimiter.annotation.RateLimiter",
            "io.quarkiverse.bucket4j.runtime.RateLimited");
    private static final String BY_ANNOTATION = "limits a rate in memory, by annotation";

    @Override
    public String id() {
        return "rate-limiter";
    }

    @Override
    public String forbids() {
        return "count a rate in memory";
    }

    @Override
    public Set<String> excuses() {
        return Marks.PROCESS;
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        for (JavaAccess<?> access : code.accessesFrom(type)) {
            if (LIMITERS.contains(access)) {
                String what = "limits a rate in memory: " + CallTable.name(access);
                found.accept(Observation.of(ChecklistItem.LIMITS, access, what));
            }
        }
        if (isLimited(type)) {
            found.accept(Observation.of(ChecklistItem.LIMITS, type, 0, BY_ANNOTATION));
        }
        for (JavaMethod method : type.getMethods()) {
            if (isLimited(method)) {
                found.accept(Observation.of(ChecklistItem.LIMITS, method, BY_ANNOTATION));
            }
        }
    }

    private static boolean isLimited(HasAnnotations<?> element) {
        return element.getAnnotations().stream()
                .map(annotation -> annotation.getRawType().getName())
                .anyMatch(ANNOTATIONS::contains);
    }
}
