package dev.drover.audit.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.drover.audit.AuditResult;
import dev.drover.audit.Finding;
import dev.drover.audit.Suppression;

/** Findings somebody has answered for in a file, for code that cannot be annotated. */
record AllowFile(List<Entry> entries) {

    static final AllowFile NONE = new AllowFile(List.of());
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+([^\\s#]+)(?:#(\\S+))?\\s+(\\S.*)");

    /**
     * @param rule a rule's or a checklist line's id
     * @param type a class's full name; {@code *} stands for anything
     * @param member empty for all of the class
     */
    record Entry(String place, String rule, String type, String member, String because) {

        boolean allows(Finding finding) {
            return (rule.equals(finding.rule()) || rule.equals(finding.item().id()))
                    && matches(type, finding.type())
                    && (member.isEmpty() || finding.member().endsWith("." + member));
        }

        private static boolean matches(String wanted, String name) {
            return name.matches(Pattern.quote(wanted).replace("*", "\\E.*\\Q"));
        }
    }

    static AllowFile read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new CannotAuditException("The allow file " + file + " cannot be read.");
        }
        List<Entry> entries = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                String place = file.getFileName() + ":" + (i + 1);
                Matcher parts = LINE.matcher(line);
                if (!parts.matches()) {
                    throw new CannotAuditException(
                            place + " is not \"<rule or checklist line> <class, or class#member> <reason>\": " + line);
                }
                String member = Optional.ofNullable(parts.group(3)).orElse("");
                entries.add(new Entry(place, parts.group(1), parts.group(2), member, parts.group(4)));
            }
        }
        return new AllowFile(List.copyOf(entries));
    }

    AuditResult apply(AuditResult result) {
        List<Finding> left = new ArrayList<>();
        List<Suppression> answered = new ArrayList<>(result.suppressions());
        for (Finding finding : result.findings()) {
            entries.stream()
                    .filter(entry -> entry.allows(finding))
                    .findFirst()
                    .ifPresentOrElse(
                            entry -> answered.add(new Suppression(finding, entry.place(), entry.because())),
                            () -> left.add(finding));
        }
        return new AuditResult(result.classes(), left, answered);
    }

    /** Entries that answer for nothing any more, so that the file does not outlive its reasons. */
    List<Entry> unused(AuditResult result) {
        return entries.stream()
                .filter(entry -> result.suppressions().stream()
                        .noneMatch(suppression -> suppression.by().equals(entry.place())))
                .toList();
    }
}
