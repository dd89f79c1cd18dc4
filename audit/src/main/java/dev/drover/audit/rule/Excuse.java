package dev.drover.audit.rule;

import java.util.Optional;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;

/** An annotation that answers for a finding, on the member, its class or a class around it. Without a reason it answers for nothing. */
public record Excuse(String annotation, String because) {

    public static Optional<Excuse> of(Rule rule, Observation observation) {
        Stream<HasAnnotations<?>> around = Stream.iterate(
                        Optional.of(observation.type()),
                        Optional::isPresent,
                        type -> type.flatMap(JavaClass::getEnclosingClass))
                .map(Optional::get);
        return Stream.concat(observation.members().stream(), around)
                .flatMap(element -> element.getAnnotations().stream())
                .filter(annotation -> answers(annotation, rule, observation))
                .flatMap(annotation -> reason(annotation).stream())
                .findFirst();
    }

    private static boolean answers(JavaAnnotation<?> annotation, Rule rule, Observation observation) {
        String name = annotation.getRawType().getSimpleName();
        if (name.equals("AuditAccepts")) {
            String accepted = annotation.get("rule").map(String::valueOf).orElse("");
            return accepted.equals(rule.id())
                    || accepted.equals(observation.item().id());
        }
        return rule.excuses().contains(name);
    }

    private static Optional<Excuse> reason(JavaAnnotation<?> annotation) {
        return annotation
                .get("because")
                .map(String::valueOf)
                .filter(because -> !because.isBlank())
                .map(because -> new Excuse("@" + annotation.getRawType().getSimpleName(), because));
    }
}
