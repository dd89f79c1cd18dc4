package dev.drover.profile.profiles;

import java.time.Duration;

import dev.drover.profile.handles.Handle;

/** How a request to write a profile ended. Only {@link Done} changed anything, or had done so before. */
sealed interface WriteResult {

    /** @param repeated the request had been carried out already; the profile is as it stands now */
    record Done(Profile profile, boolean repeated) implements WriteResult {}

    record Refused(ProfileEdit.Result.Refused reasons) implements WriteResult {}

    record Stale(long version) implements WriteResult {}

    record KeyReused() implements WriteResult {}

    record HandleTaken(Handle handle) implements WriteResult {}

    /** The file is not the account's own, no avatar, or not ready. */
    record AvatarUnusable() implements WriteResult {}

    record HandleChangesExhausted(Duration retryAfter) implements WriteResult {}

    /** Others were faster on every attempt. */
    record Busy() implements WriteResult {}
}
