package dev.drover.realtime.socket;

/** Why the server ends a connection; docs/realtime.md says for each what a client should do. */
enum CloseCode {
    UNSUPPORTED_DATA(1003, "frames are JSON text"),
    TOO_LARGE(1009, "frame too large"),
    INTERNAL(1011, "internal error"),
    RESTARTING(1012, "instance is restarting"),
    UNAUTHENTICATED(4001, "not authenticated"),
    TOKEN_EXPIRED(4002, "access token expired"),
    SESSION_ENDED(4003, "session revoked or expired"),
    DISCONNECTED(4004, "ended by an administrator"),
    IDLE(4007, "silent for too long"),
    SLOW_CONSUMER(4008, "slow consumer"),
    TOO_MANY_FRAMES(4009, "too many frames at once"),
    TOO_MANY_CONNECTIONS(4010, "too many connections");

    private final int number;
    private final String reason;

    CloseCode(int number, String reason) {
        this.number = number;
        this.reason = reason;
    }

    int number() {
        return number;
    }

    String reason() {
        return reason;
    }
}
