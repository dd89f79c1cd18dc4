package dev.drover.audit.rule;

import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;

import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Place;

/**
 * What a rule saw.
 *
 * @param member the field's or method's name, empty for the class itself
 * @param members what may carry an annotation that answers for it, besides the class and those around it
 * @param what a phrase in the present tense without a full stop
 */
public record Observation(
        ChecklistItem item, JavaClass type, String member, List<HasAnnotations<?>> members, int line, String what) {

    static Observation of(ChecklistItem item, JavaClass type, int line, String what) {
        return new Observation(item, type, "", List.of(), line, what);
    }

    static Observation of(ChecklistItem item, JavaField field, int line, String what) {
        return new Observation(item, field.getOwner(), field.getName(), List.of(field), line, what);
    }

    static Observation of(ChecklistItem item, JavaCodeUnit method, String what) {
        int line = method.getSourceCodeLocation().getLineNumber();
        return new Observation(item, method.getOwner(), method.getName(), List.of(method), line, what);
    }

    static Observation of(ChecklistItem item, JavaAccess<?> access, String what) {
        JavaCodeUnit origin = access.getOrigin();
        return new Observation(
                item, access.getOriginOwner(), origin.getName(), List.of(origin), access.getLineNumber(), what);
    }

    static Observation of(ChecklistItem item, JavaClass type, Place place, String what) {
        List<HasAnnotations<?>> members = Stream.<HasAnnotations<?>>concat(
                        type.getCodeUnits().stream()
                                .filter(unit -> unit.getName().equals(place.method())),
                        type.getFields().stream()
                                .filter(field -> field.getName().equals(place.method())))
                .toList();
        return new Observation(item, type, place.method(), members, place.line(), what);
    }
}
