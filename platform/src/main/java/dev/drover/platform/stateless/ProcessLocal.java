package dev.drover.platform.stateless;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This is about this process and nothing else: its connections, its life cycle, or a bound on its own memory and processor. It rightly dies
 * with the process, and no other instance needs to know it. The audit asks for it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface ProcessLocal {

    /** What of this process it is, and why nothing is lost with it. */
    String because();
}
