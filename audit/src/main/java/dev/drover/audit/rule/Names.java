package dev.drover.audit.rule;

import java.util.Optional;
import java.util.Set;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;

/** Looks types up by name: the libraries of somebody else's application need not be there. */
final class Names {

    private Names() {}

    /** Whether a type is, extends or implements one of these, as far as its supertypes are known. */
    static boolean isA(JavaClass type, Set<String> names) {
        return names.contains(type.getName())
                || type.getAllRawSuperclasses().stream().anyMatch(parent -> names.contains(parent.getName()))
                || type.getAllRawInterfaces().stream().anyMatch(parent -> names.contains(parent.getName()));
    }

    static Optional<String> annotation(HasAnnotations<?> element, Set<String> simpleNames) {
        return element.getAnnotations().stream()
                .map(JavaAnnotation::getRawType)
                .map(JavaClass::getSimpleName)
                .filter(simpleNames::contains)
                .findFirst();
    }

    /** {@code an AtomicLong} for {@code java.util.concurrent.atomic.AtomicLong}. */
    static String withArticle(JavaClass type) {
        String name = simple(type.getName());
        return ("AEIOaeio".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }

    /** {@code Queue} for {@code java.util.Queue}. */
    static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }
}
