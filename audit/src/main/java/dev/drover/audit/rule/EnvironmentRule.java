package dev.drover.audit.rule;

import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;
import dev.drover.audit.code.EnvironmentRead;

/** The environment, read elsewhere than in the configuration packages. */
final class EnvironmentRule implements Rule {

    /** Facts of the machine or the JVM, which are no configuration. */
    private static final Pattern FACTS = Pattern.compile(
            "(java|os|sun|jdk|file\\.separator|path\\.separator|line\\.separator|native\\.encoding|stdout\\.encoding)(\\..*)?");

    private static final CallTable LOOK_UPS = CallTable.of()
            .calls("org.eclipse.microprofile.config.ConfigProvider", "getConfig")
            .calls("java.lang.Integer", "getInteger")
            .calls("java.lang.Long", "getLong")
            .calls("java.lang.Boolean", "getBoolean");

    @Override
    public String id() {
        return "environment";
    }

    @Override
    public String forbids() {
        return "read the environment outside the configuration packages";
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        if (settings.isConfigPackage(type.getPackageName())) {
            return;
        }
        for (EnvironmentRead read : code.environmentReadsIn(type)) {
            if (read.call().equals("getenv") || !FACTS.matcher(read.name()).matches()) {
                String name = read.name().isEmpty() ? "" : "\"" + read.name() + "\"";
                String what =
                        "reads the environment outside the configuration: System.%s(%s)".formatted(read.call(), name);
                found.accept(Observation.of(ChecklistItem.CONFIG, type, read.place(), what));
            }
        }
        for (JavaAccess<?> access : code.accessesFrom(type)) {
            if (LOOK_UPS.contains(access)) {
                String what = "reads the environment outside the configuration: " + CallTable.name(access);
                found.accept(Observation.of(ChecklistItem.CONFIG, access, what));
            }
        }
    }
}
