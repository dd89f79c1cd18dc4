package dev.drover.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.tngtech.archunit.core.domain.JavaClass;

import dev.drover.audit.code.Codebase;
import dev.drover.audit.rule.Excuse;
import dev.drover.audit.rule.Observation;
import dev.drover.audit.rule.Rule;
import dev.drover.audit.rule.Rules;

/** Applies the rules to classes. Nothing of the audited code is loaded or run. */
public final class Audit {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::item)
            .thenComparing(Finding::type)
            .thenComparingInt(Finding::line)
            .thenComparing(Finding::member)
            .thenComparing(Finding::what);

    private final List<Rule> rules;
    private final AuditSettings settings;

    Audit(List<Rule> rules, AuditSettings settings) {
        this.rules = List.copyOf(rules);
        this.settings = settings;
    }

    /** Every rule. */
    public static Audit with(AuditSettings settings) {
        return new Audit(Rules.ALL, settings);
    }

    public AuditResult of(Collection<JavaClass> classes) {
        Codebase code = Codebase.of(classes);
        Set<Finding> findings = new LinkedHashSet<>();
        Set<Suppression> suppressions = new LinkedHashSet<>();
        for (JavaClass type : classes) {
            for (Rule rule : rules) {
                rule.inspect(type, code, settings, seen -> {
                    Finding finding = finding(rule, seen);
                    Optional<Excuse> excuse = Excuse.of(rule, seen);
                    excuse.ifPresentOrElse(
                            given -> suppressions.add(new Suppression(finding, given.annotation(), given.because())),
                            () -> findings.add(finding));
                });
            }
        }
        List<Suppression> ordered = new ArrayList<>(suppressions);
        ordered.sort(Comparator.comparing(Suppression::finding, ORDER));
        return new AuditResult(classes.size(), findings.stream().sorted(ORDER).toList(), ordered);
    }

    private static Finding finding(Rule rule, Observation seen) {
        JavaClass type = seen.type();
        String nested = type.getName()
                .substring(
                        type.getPackageName().isEmpty()
                                ? 0
                                : type.getPackageName().length() + 1);
        String member =
                switch (seen.member()) {
                    case "" -> "";
                    case "<init>" -> ".(constructor)";
                    case "<clinit>" -> ".(static)";
                    default -> "." + seen.member();
                };
        ChecklistItem item = seen.item();
        return new Finding(
                item,
                rule.id(),
                type.getName(),
                type.getSource().flatMap(source -> source.getFileName()).orElse(type.getSimpleName() + ".java"),
                seen.line(),
                nested.replace('$', '.') + member,
                seen.what(),
                item.why(),
                item.fix());
    }
}
