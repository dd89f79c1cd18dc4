package dev.drover.audit.rule;

import java.util.Set;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.JavaClass;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.code.Codebase;

/** Finds one kind of hidden state. A rule has no state of its own. */
public interface Rule {

    /** Never renamed: allow files and {@code @AuditAccepts} name it. */
    String id();

    /** What it forbids, as the end of the sentence "no classes …": {@code write files}. */
    String forbids();

    /** Simple names of the annotations that answer for a finding, if they give a reason. {@code @AuditAccepts} always may. */
    default Set<String> excuses() {
        return Set.of();
    }

    void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found);
}
