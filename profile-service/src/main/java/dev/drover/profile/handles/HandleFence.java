package dev.drover.profile.handles;

import dev.drover.profile.AccountId;

/** The holder's side of a claim: its profile knows whether a handle is in use. */
public interface HandleFence {

    /**
     * Asks whether the handle is in use by the holder or reserved for it. If neither, no write of the holder that read its profile before
     * this can take the handle into use any more. One atomic step.
     */
    Answer fence(AccountId holder, Handle handle);

    sealed interface Answer {
        /** The holder shows this handle, or left it so recently that it is reserved. */
        record InUse() implements Answer {}

        /** Claims the holder made at {@code voidEpoch} or before lead to nothing. */
        record Fenced(long voidEpoch) implements Answer {}
    }
}
