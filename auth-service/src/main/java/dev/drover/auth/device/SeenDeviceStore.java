package dev.drover.auth.device;

import dev.drover.auth.mail.OutgoingMail;

/** Where an account was logged in to from. Every method is one atomic step in the account's slot; times are Redis's own. */
interface SeenDeviceStore {

    /** Whether the account was logged in to from there before, or was never logged in to; then it is remembered. */
    boolean isKnown(String account, String place);

    /** Remembers a place. With the step that does so for the first time the letter is owed; repeating it changes nothing. */
    void remember(String account, String place, OutgoingMail letter);
}
