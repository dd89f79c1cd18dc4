package dev.drover.realtime;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.ErrorKind;

/** What can go wrong on a channel or a socket; the codes are the same in problems over HTTP and in error frames. */
public enum RealtimeError implements ErrorCode {
    CHANNEL_FORBIDDEN(ErrorKind.FORBIDDEN, "The caller may not do this on the channel"),
    ROOM_FULL(ErrorKind.CONFLICT, "The room has as many members as it may"),
    ROOM_ENDED(ErrorKind.CONFLICT, "The room has ended"),
    TOO_MANY_ROOMS(ErrorKind.CONFLICT, "The account belongs to as many rooms as it may"),
    LAST_OWNER(ErrorKind.CONFLICT, "A room keeps an owner"),
    MESSAGE_ID_REUSED(ErrorKind.UNPROCESSABLE, "The message id was used for other data"),
    UPGRADE_REQUIRED(ErrorKind.UPGRADE_REQUIRED, "This is a WebSocket; ask for the upgrade"),
    UNKNOWN_SUBPROTOCOL(ErrorKind.INVALID, "None of the sub-protocols offered is known"),
    ALREADY_SUBSCRIBED(ErrorKind.CONFLICT, "The socket follows the channel already"),
    NOT_SUBSCRIBED(ErrorKind.CONFLICT, "The socket does not follow the channel"),
    TOO_MANY_SUBSCRIPTIONS(ErrorKind.CONFLICT, "The socket follows as many channels as it may"),
    ALREADY_AUTHENTICATED(ErrorKind.CONFLICT, "The socket belongs to another account"),
    AUTHENTICATION_TIMEOUT(ErrorKind.UNAUTHENTICATED, "The socket did not authenticate in time"),
    FRAME_TOO_LARGE(ErrorKind.TOO_LARGE, "The frame is too large"),
    BINARY_FRAME(ErrorKind.UNSUPPORTED_MEDIA_TYPE, "Frames are JSON text"),
    UNKNOWN_FRAME(ErrorKind.INVALID, "The frame's type is not known"),
    IDLE_TIMEOUT(ErrorKind.UNAUTHENTICATED, "The socket said nothing for too long"),
    DISCONNECTED(ErrorKind.FORBIDDEN, "An administrator ended the connection"),
    TOO_MANY_CONNECTIONS(ErrorKind.TOO_MANY_REQUESTS, "The account has as many sockets as it may"),
    TOO_MANY_FRAMES(ErrorKind.TOO_MANY_REQUESTS, "More frames were sent than are waited for"),
    SLOW_CONSUMER(ErrorKind.TOO_MANY_REQUESTS, "The socket takes its messages too slowly"),
    TOO_MANY_SOCKETS(ErrorKind.UNAVAILABLE, "The instance holds as many sockets as it can; try again"),
    TOO_MANY_HANDSHAKES(ErrorKind.UNAVAILABLE, "The instance has as many handshakes under way as it may; try again"),
    TOO_MANY_UNAUTHENTICATED(
            ErrorKind.UNAVAILABLE,
            "The instance holds as many sockets that have not authenticated as it may; try again"),
    DRAINING(ErrorKind.UNAVAILABLE, "The instance is about to stop; connect again");

    private final ErrorKind kind;
    private final String title;

    RealtimeError(ErrorKind kind, String title) {
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
