package dev.drover.platform.ratelimit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The quota a resource's requests are taken from. Without it GET and HEAD are {@code READ}, everything else {@code WRITE}. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RateLimited {

    RouteClass value();

    /** What the resource itself asks besides, once it has read the body: {@link RequestLimits#charge}. */
    RouteClass[] then() default {};
}
