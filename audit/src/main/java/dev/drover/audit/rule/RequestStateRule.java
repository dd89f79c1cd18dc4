package dev.drover.audit.rule;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.code.Codebase;
import dev.drover.audit.code.FieldWrite;

/** Fields of objects that serve many requests, assigned after those objects have started. */
final class RequestStateRule implements Rule {

    @Override
    public String id() {
        return "request-state";
    }

    @Override
    public String forbids() {
        return "assign fields of a shared object while serving requests";
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
            Set<JavaModifier> modifiers = field.getModifiers();
            if (!modifiers.contains(JavaModifier.STATIC) && !modifiers.contains(JavaModifier.SYNTHETIC)) {
                code.writesTo(field).stream()
                        .filter(FieldWrite::isAssignment)
                        .filter(write -> !write.place().duringStart())
                        .findFirst()
                        .ifPresent(write -> found.accept(observed(field, write, shared.get())));
            }
        }
    }

    private static Observation observed(JavaField field, FieldWrite write, String shared) {
        String what = "is assigned in %s, after start, and one object serves every request: the class is %s"
                .formatted(write.place().method(), shared);
        boolean isHere = write.place().type().equals(field.getOwner().getName());
        return Observation.of(
                Memory.itemOf(field), field, isHere ? write.place().line() : 0, what);
    }
}
