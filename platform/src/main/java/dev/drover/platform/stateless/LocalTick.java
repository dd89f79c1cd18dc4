package dev.drover.platform.stateless;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** This timer looks after this process alone (a probe, a reconnection): every instance must run it. The audit asks for it. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface LocalTick {

    /** What of this process it looks after. */
    String because();
}
