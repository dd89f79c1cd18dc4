package dev.drover.platform.stateless;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** For what none of the other words says: a finding of the audit that is accepted. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface AuditAccepts {

    /** The rule ({@code file-write}) or the line of the checklist ({@code files}). */
    String rule();

    /** Why it does no harm here. */
    String because();
}
