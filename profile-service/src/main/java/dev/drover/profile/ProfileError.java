package dev.drover.profile;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.ErrorKind;

/** What can go wrong with profiles and flags beyond what any service answers. */
public enum ProfileError implements ErrorCode {
    PROFILE_NOT_FOUND(ErrorKind.NOT_FOUND, "There is no such profile"),
    HANDLE_TAKEN(ErrorKind.CONFLICT, "The handle belongs to another account"),
    AVATAR_UNUSABLE(ErrorKind.CONFLICT, "The avatar is no picture of the account's own that is ready"),
    HANDLE_CHANGES_EXHAUSTED(ErrorKind.TOO_MANY_REQUESTS, "The account has as many reserved handles as it may have"),
    FLAG_NOT_FOUND(ErrorKind.NOT_FOUND, "There is no such flag"),
    TOO_MANY_FLAGS(ErrorKind.CONFLICT, "There are as many flags as there may be"),
    TOO_MANY_API_KEYS(ErrorKind.CONFLICT, "There are as many API keys as there may be"),
    FLAG_BUSY(ErrorKind.UNAVAILABLE, "Other changes of the flag came first each time; try again"),
    CONTEXT_INVALID(ErrorKind.INVALID, "The context cannot be evaluated"),
    TARGETING_KEY_MISSING(ErrorKind.INVALID, "The flag needs a targetingKey"),
    FLAG_UNREADABLE(ErrorKind.INVALID, "The flag cannot be read by this version of the service"),
    FLAGS_NOT_LOADED(ErrorKind.UNAVAILABLE, "This instance has not read the flags yet; try again"),
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
