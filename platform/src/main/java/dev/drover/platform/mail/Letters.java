package dev.drover.platform.mail;

import java.util.Optional;

/** The letters that wait to be sent. They are written by scripts, so there is no method to add one. */
public interface Letters {

    /** Empty once it was sent or has expired: then there is nothing to send, and that is no failure. */
    Optional<Letter> find(LetterKey key);

    /**
     * Forgets a letter; called when the mail server has taken it, so that a token in it is readable no longer than it must be. One that is
     * gone already is fine. A crash between sending and this sends it once more.
     */
    void discard(LetterKey key);
}
