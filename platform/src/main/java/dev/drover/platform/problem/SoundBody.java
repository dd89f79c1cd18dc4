package dev.drover.platform.problem;

/**
 * A body that knows whether its annotations hold, for where asking Bean Validation costs more than all that is done with it. Its resource does
 * not say {@code @Valid}: only a body that is not sound is held against its annotations, which say what is wrong with it.
 */
public interface SoundBody {

    /** Those of its parts included. No getter by its name, or it would be a member. */
    boolean annotationsHold();
}
