package dev.drover.platform.stateless;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is kept here is a copy: a miss costs time, never a wrong answer, and it is bounded in size and age. The audit asks for it. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD})
public @interface SoftCache {

    /** How many entries it holds at most; with a bound from configuration, the default. */
    int maxEntries();

    /** How old an entry may be, as an ISO 8601 duration ({@code PT5M}); with a bound from configuration, the default. */
    String maxAge();

    /** Why an instance that does not have it, or has an old one, still answers rightly. */
    String because();
}
