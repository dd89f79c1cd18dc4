package dev.drover.platform.admission;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Begins a request before it is admitted: what the handler reads is on its way to Redis together with the look-up of the session and
 * the rate limit, and its answer is held until they are in. If one of them says no, that is the answer, and nothing the handler made leaves.
 *
 * <p>Only for a method that asks for no role, and changes nothing or says that it {@link #writes}; it runs on a virtual thread or, reading, on the
 * event loop. It reads by {@code CurrentCaller.sub()} and asks for {@code CurrentCaller.get()} or {@code proved()}, the roles included, after its
 * read. Without the annotation a handler begins when everything is known.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface HeldUntilAdmitted {

    /**
     * A cookie names an account before the session has confirmed it. False where a read leaves something behind, which must not be done in
     * another's name: then only a signed token lets it begin.
     */
    boolean byCookie() default true;

    /**
     * For PUT, PATCH and DELETE: the handler reads what it changes, asks for {@code CurrentCaller.admitted()} and only then writes. One that
     * answers without having asked fails.
     */
    boolean writes() default false;
}
