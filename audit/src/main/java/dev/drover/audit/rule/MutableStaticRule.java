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

/** Static fields that change: not final, or final and holding what changes. */
final class MutableStaticRule implements Rule {

    @Override
    public String id() {
        return "mutable-static";
    }

    @Override
    public String forbids() {
        return "keep what changes in static fields";
    }

    @Override
    public Set<String> excuses() {
        return Marks.MEMORY;
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        for (JavaField field : type.getFields()) {
            Set<JavaModifier> modifiers = field.getModifiers();
            boolean isOurs = modifiers.contains(JavaModifier.STATIC) && !modifiers.contains(JavaModifier.SYNTHETIC);
            if (isOurs && !Memory.isCollectionOfSockets(field)) {
                inspect(field, code, found);
            }
        }
    }

    private static void inspect(JavaField field, Codebase code, Consumer<Observation> found) {
        if (!field.getModifiers().contains(JavaModifier.FINAL)) {
            boolean isWritten = code.writesTo(field).stream()
                    .anyMatch(write -> !write.place().duringStart());
            String what = "is static and not final: "
                    + (isWritten ? "the whole process shares what was written last" : "nothing keeps it from changing");
            found.accept(Observation.of(Memory.itemOf(field), field, lineOfWrite(field, code), what));
            return;
        }
        Optional<FieldWrite> storing = Memory.storing(field, code);
        storing.ifPresent(write -> {
            String how = write.isAssignment()
                    ? "made to be changed"
                    : "changed by " + write.how() + " in line " + write.place().line();
            String what = "is static and holds %s %s".formatted(Names.withArticle(field.getRawType()), how);
            found.accept(Observation.of(Memory.itemOf(field), field, code.lineOf(field), what));
        });
    }

    private static int lineOfWrite(JavaField field, Codebase code) {
        int first = code.lineOf(field);
        return first > 0
                ? first
                : code.writesTo(field).stream()
                        .mapToInt(write -> write.place().line())
                        .findFirst()
                        .orElse(0);
    }
}
