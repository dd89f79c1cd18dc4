package dev.drover.auth.session;

import java.util.Set;

/** What became of a refresh token that was presented. */
sealed interface Rotation {

    /** It was the current one; now its successor is. */
    record Rotated(String sub, Set<String> roles) implements Rotation {}

    /** It was traded a moment ago; its successor follows from this salt. */
    record RepeatedInGrace(String sub, Set<String> roles, String salt) implements Rotation {}

    /** It was traded before: the session is revoked, now or at an earlier replay. */
    record Reused() implements Rotation {}

    /** It was asked for too long ago for anybody to wait for the answer; nothing was changed. */
    record Late() implements Rotation {}

    /** Its session has expired, was closed, or never gave it out. */
    record Expired() implements Rotation {}
}
