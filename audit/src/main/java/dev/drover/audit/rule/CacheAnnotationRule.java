package dev.drover.audit.rule;

import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;

/** Results remembered by annotation. Unless another store is configured, the process remembers them. */
final class CacheAnnotationRule implements Rule {

    private static final Set<String> ANNOTATIONS = Set.of(
            "io.quarkus.cache.CacheResult",
            "javax.cache.annotation.CacheResult",
            "org.springframework.cache.annotation.Cacheable");

    @Override
    public String id() {
        return "cache-annotation";
    }

    @Override
    public String forbids() {
        return "remember results by annotation";
    }

    @Override
    public Set<String> excuses() {
        return Marks.MEMORY;
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        for (JavaMethod method : type.getMethods()) {
            Stream<String> annotations = method.getAnnotations().stream()
                    .map(annotation -> annotation.getRawType().getName());
            annotations
                    .filter(ANNOTATIONS::contains)
                    .map(name -> "is @%s: each instance remembers for itself, and takes back for itself"
                            .formatted(Names.simple(name)))
                    .map(what -> Observation.of(ChecklistItem.CACHE, method, what))
                    .forEach(found);
        }
    }
}
