package dev.drover.audit;

import java.util.List;

import com.tngtech.archunit.core.domain.PackageMatchers;

/**
 * What differs between projects.
 *
 * @param configPackages where the environment may be read, in ArchUnit's notation ({@code ..config..})
 */
public record AuditSettings(List<String> configPackages) {

    public static final AuditSettings DEFAULT = new AuditSettings(List.of("..config..", "..configuration.."));

    public AuditSettings {
        configPackages = List.copyOf(configPackages);
    }

    public boolean isConfigPackage(String name) {
        return PackageMatchers.of(configPackages).test(name);
    }
}
