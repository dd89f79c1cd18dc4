package dev.drover.audit.rule;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.code.Codebase;

/** Maps, queues, lists, atomics and caches that objects which serve many requests keep things in. */
final class BeanStoreRule implements Rule {

    @Override
    public String id() {
        return "bean-store";
    }

    @Override
    public String forbids() {
        return "use a collection, an atomic or a cache in a shared object as a store";
    }

    @Override
    public Set<String> excuses() {
        return Marks.MEMORY;
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        Optional<String> shared = code.sharedBecause(type);
        if (shared.isEmpty()) {
            return;
        }
        for (JavaField field : type.getFields()) {
            if (!field.getModifiers().contains(JavaModifier.STATIC) && !Memory.isCollectionOfSockets(field)) {
                Memory.storing(field, code).ifPresent(write -> {
                    String how = write.isAssignment()
                            ? "made to be changed"
                            : "changed by " + write.how() + " in line "
                                    + write.place().line();
                    String what = "is %s %s, in a class that is %s"
                            .formatted(Names.withArticle(field.getRawType()), how, shared.get());
                    found.accept(Observation.of(Memory.itemOf(field), field, code.lineOf(field), what));
                });
            }
        }
    }
}
