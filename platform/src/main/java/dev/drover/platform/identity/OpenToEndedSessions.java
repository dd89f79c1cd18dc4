package dev.drover.platform.identity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An endpoint that may end the session it is called by, so that its repeat comes after that. It asks for {@link CurrentCaller#orEnded()} and
 * decides what the repeat is told; {@link CurrentCaller#get()} refuses an ended session there as everywhere.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OpenToEndedSessions {}
