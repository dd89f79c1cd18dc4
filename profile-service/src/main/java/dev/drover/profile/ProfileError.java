package dev.drover.profile;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.ErrorKind;

/** What can go wrong with profiles beyond what any service answers. */
public enum ProfileError implements ErrorCode {
    PROFILE_NOT_FOUND(ErrorKind.NOT_FOUND, "There is no such profile"),
    HANDLE_TAKEN(ErrorKind.CONFLICT, "The handle belongs to another account"),
    AVATAR_UNUSABLE(ErrorKind.CONFLICT, "The avatar is no picture of the account's own that is ready"),
    HANDLE_CHANGES_EXHAUSTED(ErrorKind.TOO_MANY_REQUESTS, "The account has as many reserved handles as it may have"),
    PROFILE_BUSY(ErrorKind.UNAVAILABLE, "Other writes to the profile came first each time; try again");

    private final ErrorKind kind;
    private final String title;

    ProfileError(ErrorKind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    @Override
    public String title() {
        return title;
    }
}
