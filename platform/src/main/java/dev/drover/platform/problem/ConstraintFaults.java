package dev.drover.platform.problem;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;

/** Bean Validation's faults in the words of a problem. */
final class ConstraintFaults {

    private ConstraintFaults() {}

    static Violation violation(ConstraintViolation<?> violation) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : violation.getPropertyPath()) {
            boolean insideBody = node.getKind() == ElementKind.PROPERTY
                    || node.getKind() == ElementKind.CONTAINER_ELEMENT
                    || node.getKind() == ElementKind.PARAMETER && node.getIndex() != null;
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            } else if (node.getKey() != null) {
                pointer.append('/').append(node.getKey());
            }
            if (insideBody && node.getName() != null && !node.getName().startsWith("<")) {
                pointer.append('/').append(node.getName());
            }
        }
        if (pointer.isEmpty()) {
            // A path, query or header parameter: the last node carries its name.
            for (Path.Node node : violation.getPropertyPath()) {
                pointer.setLength(0);
                pointer.append(node.getName());
            }
        }
        return new Violation(pointer.toString(), violation.getMessage());
    }
}
