package dev.drover.platform.stateless;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Every instance has this timer, and the shared store lets each piece of work happen once: by a key that names the tick, a lease, or an id
 * that makes a repeat harmless. The audit asks for it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface ClusterClaimed {

    /** What claims the work. */
    String because();
}
