package dev.drover.platform.config.bounds;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The pattern each element of a setting of a config mapping must match as a whole. Checked by {@link ConfigBounds}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface EachMatches {

    /** A {@link java.util.regex.Pattern}. */
    String value();
}
