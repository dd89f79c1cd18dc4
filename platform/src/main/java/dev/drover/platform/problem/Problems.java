package dev.drover.platform.problem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The codes an endpoint answers with for reasons of its own, for docs/api/openapi.yaml; what follows from being an endpoint that needs a
 * caller, takes a body or a key is added there. A word that is no {@link ErrorCode} of the service or the platform fails the build, and a
 * code that is answered without being named here fails the test that sees it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Problems {

    /** Codes as on the wire, such as {@code handle_taken}. */
    String[] value();
}
