package dev.drover.audit.rule;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;
import dev.drover.audit.code.Place;

/** Locks and semaphores that requests share: they hold off this process's requests and nobody else's. */
final class SharedLockRule implements Rule {

    private static final Set<String> LOCKS = Set.of(
            "java.util.concurrent.locks.Lock",
            "java.util.concurrent.locks.ReadWriteLock",
            "java.util.concurrent.locks.StampedLock",
            "java.util.concurrent.Semaphore");

    @Override
    public String id() {
        return "shared-lock";
    }

    @Override
    public String forbids() {
        return "share locks or semaphores between requests";
    }

    @Override
    public Set<String> excuses() {
        return Marks.PROCESS;
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        Optional<String> shared = code.sharedBecause(type);
        for (JavaField field : type.getFields()) {
            boolean isShared = shared.isPresent() || field.getModifiers().contains(JavaModifier.STATIC);
            if (isShared && Names.isA(field.getRawType(), LOCKS)) {
                String what = "is %s that requests share".formatted(Names.withArticle(field.getRawType()));
                found.accept(Observation.of(ChecklistItem.LIMITS, field, code.lineOf(field), what));
            }
        }
        for (JavaMethod method : type.getMethods()) {
            Set<JavaModifier> modifiers = method.getModifiers();
            boolean isShared = shared.isPresent() || modifiers.contains(JavaModifier.STATIC);
            if (isShared && modifiers.contains(JavaModifier.SYNCHRONIZED)) {
                found.accept(
                        Observation.of(ChecklistItem.LIMITS, method, "is synchronized, and requests share its lock"));
            }
        }
        if (shared.isPresent()) {
            for (Place monitor : code.monitorsIn(type)) {
                found.accept(Observation.of(
                        ChecklistItem.LIMITS, type, monitor, "is synchronized, and requests share its lock"));
            }
        }
    }
}
