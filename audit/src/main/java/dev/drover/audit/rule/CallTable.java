package dev.drover.audit.rule;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;

/** Methods by the name of the class they are called on. A name ending in {@code *} is a prefix, {@code new} is any constructor. */
final class CallTable {

    private final Map<String, Set<String>> methods;

    private CallTable(Map<String, Set<String>> methods) {
        this.methods = methods;
    }

    static CallTable of() {
        return new CallTable(Map.of());
    }

    CallTable calls(String owner, String... names) {
        Map<String, Set<String>> more = new HashMap<>(methods);
        more.put(owner, Set.of(names));
        return new CallTable(Map.copyOf(more));
    }

    /** Whether an access is one of these calls, on the class itself or on one that inherits the method. */
    boolean contains(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        if (target instanceof AccessTarget.FieldAccessTarget) {
            return false;
        }
        String name = target.getName().equals("<init>") ? "new" : target.getName();
        JavaClass owner = access.getTargetOwner();
        if (matches(owner.getName(), name)) {
            return true;
        }
        return !name.equals("new")
                && (owner.getAllRawSuperclasses().stream().anyMatch(parent -> matches(parent.getName(), name))
                        || owner.getAllRawInterfaces().stream().anyMatch(parent -> matches(parent.getName(), name)));
    }

    private boolean matches(String owner, String name) {
        Set<String> names = methods.getOrDefault(owner, Set.of());
        return names.contains(name)
                || names.stream()
                        .anyMatch(wanted ->
                                wanted.endsWith("*") && name.startsWith(wanted.substring(0, wanted.length() - 1)));
    }

    /** {@code Files.write}, or {@code new FileOutputStream}. */
    static String name(JavaAccess<?> access) {
        String owner = Names.simple(access.getTargetOwner().getName());
        return access.getName().equals("<init>") ? "new " + owner : owner + "." + access.getName();
    }
}
