package dev.drover.auth.errand;

import java.util.List;
import java.util.Set;

/** Something a change of an account left to be done elsewhere, written in the account's slot by the script of the change. */
public interface Errand {

    /**
     * Does what is left of some accounts. Harmless to repeat and to do on several instances at once.
     *
     * @return those with something left that cannot be done now
     */
    Set<String> carryOut(List<String> accounts);

    /** Whether it is done with the change too, so that who is answered can see it done; later, by any instance, it is done in any case. */
    default boolean isPrompt() {
        return false;
    }
}
