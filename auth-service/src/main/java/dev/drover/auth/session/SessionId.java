package dev.drover.auth.session;

/** A session's name: {@code ses_} and 26 characters, the {@code sid} of its tokens. It is no secret. */
record SessionId(String value) {

    static final String PREFIX = "ses_";

    SessionId {
        if (!value.matches("ses_[0-9a-z]{26}")) {
            throw new IllegalArgumentException("not a session id: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
