package dev.drover.audit;

import java.util.List;

/** What an audit found. */
public record AuditResult(int classes, List<Finding> findings, List<Suppression> suppressions) {

    public AuditResult {
        findings = List.copyOf(findings);
        suppressions = List.copyOf(suppressions);
    }

    public List<Finding> findingsOf(ChecklistItem item) {
        return findings.stream().filter(finding -> finding.item() == item).toList();
    }

    public List<Suppression> suppressionsOf(ChecklistItem item) {
        return suppressions.stream()
                .filter(suppression -> suppression.finding().item() == item)
                .toList();
    }
}
