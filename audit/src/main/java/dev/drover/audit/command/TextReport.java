package dev.drover.audit.command;

import java.io.PrintWriter;
import java.util.List;

import dev.drover.audit.AuditResult;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.Finding;
import dev.drover.audit.Suppression;

/** The checklist with its findings, for people. */
final class TextReport {

    private final PrintWriter out;

    TextReport(PrintWriter out) {
        this.out = out;
    }

    void print(AuditResult result, Application application, List<AllowFile.Entry> unused) {
        printHead(application);
        for (ChecklistItem item : ChecklistItem.values()) {
            printLine(item, result);
        }
        for (ChecklistItem item : ChecklistItem.values()) {
            printFindings(item, result.findingsOf(item));
        }
        printSuppressions(result.suppressions());
        if (!unused.isEmpty()) {
            out.printf("%nEntries of the allow file that answer for nothing any more:%n");
            unused.forEach(entry -> out.printf("  %s  %s %s%n", entry.place(), entry.rule(), entry.type()));
        }
        int findings = result.findings().size();
        out.printf(
                "%n%s %s, %d answered for%n",
                findings == 0 ? "✓" : "✗",
                count(findings, "finding"),
                result.suppressions().size());
    }

    private void printHead(Application application) {
        int places = application.places().size();
        String where = places == 1 ? String.valueOf(application.places().getFirst()) : places + " folders and jars";
        out.printf("Hidden state in %s, %s", where, count(application.classes().size(), "class"));
        if (application.libraryClasses() > 0) {
            out.printf(" (%d of libraries left out; --packages says which are yours)", application.libraryClasses());
        }
        out.printf("%n%n");
    }

    private void printLine(ChecklistItem item, AuditResult result) {
        int findings = result.findingsOf(item).size();
        int answered = result.suppressionsOf(item).size();
        String counts = (findings > 0 ? count(findings, "finding") : "")
                + (findings > 0 && answered > 0 ? ", " : "")
                + (answered > 0 ? answered + " answered for" : "");
        String line = "  %s %-16s %-54s %s".formatted(findings == 0 ? "✓" : "✗", item.title(), item.question(), counts);
        out.println(line.stripTrailing());
    }

    private void printFindings(ChecklistItem item, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        out.printf("%n✗ %s: %s%n", item.title(), item.question());
        out.printf("  why  %s%n", item.why());
        out.printf("  fix  %s%n", item.fix());
        int place = width(findings.stream().map(Finding::place).toList());
        int member = width(findings.stream().map(Finding::member).toList());
        String type = "";
        for (Finding finding : findings) {
            if (!type.equals(finding.type())) {
                type = finding.type();
                out.printf("  %s%n", type);
            }
            out.printf(
                    "    %-" + place + "s  %-" + member + "s  %s [%s]%n",
                    finding.place(),
                    finding.member(),
                    finding.what(),
                    finding.rule());
        }
    }

    private void printSuppressions(List<Suppression> suppressions) {
        if (suppressions.isEmpty()) {
            return;
        }
        out.printf("%nAnswered for:%n");
        int place =
                width(suppressions.stream().map(each -> each.finding().place()).toList());
        int member =
                width(suppressions.stream().map(each -> each.finding().member()).toList());
        int by = width(suppressions.stream().map(Suppression::by).toList());
        for (Suppression each : suppressions) {
            out.printf(
                    "    %-" + place + "s  %-" + member + "s  %-" + by + "s  %s [%s]%n",
                    each.finding().place(),
                    each.finding().member(),
                    each.by(),
                    each.because(),
                    each.finding().rule());
        }
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(1);
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : noun.endsWith("s") ? "es" : "s");
    }
}
