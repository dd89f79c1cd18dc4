package dev.drover.platform.redis;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.redis.client.impl.types.ErrorType;

import dev.drover.platform.faults.StoreFault;

/** What a call that failed says about Redis: by the code that leads an error reply, or by how it failed without one. */
final class RedisFailure {

    private static final String SCRIPT_MISSING = "NOSCRIPT";

    private static final Map<String, StoreFault> PASSING = Map.ofEntries(
            Map.entry("LOADING", StoreFault.LOADING),
            Map.entry("BUSY", StoreFault.BUSY),
            Map.entry("READONLY", StoreFault.READ_ONLY),
            // It takes no writes because it could not make them last: too few replicas, or a disk that fails.
            Map.entry("NOREPLICAS", StoreFault.READ_ONLY),
            Map.entry("MISCONF", StoreFault.READ_ONLY),
            Map.entry("OOM", StoreFault.FULL),
            Map.entry("CLUSTERDOWN", StoreFault.CONNECTION),
            Map.entry("MASTERDOWN", StoreFault.CONNECTION),
            Map.entry("TRYAGAIN", StoreFault.CONNECTION),
            Map.entry("MOVED", StoreFault.CONNECTION),
            Map.entry("ASK", StoreFault.CONNECTION));

    /** Another node has the keys, or will in a moment, and this one did nothing. */
    private static final Set<String> SENT_AWAY = Set.of("READONLY", "TRYAGAIN", "MOVED", "ASK");

    private RedisFailure() {}

    /** Empty: Redis refused the call for good, which is a mistake of ours. */
    static Optional<StoreFault> fault(Throwable failure) {
        Throwable cause = failure instanceof NotSent notSent ? notSent.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return Optional.of(StoreFault.TIMEOUT);
        }
        if (cause instanceof ConnectionPoolTooBusyException) {
            return Optional.of(StoreFault.CROWDED);
        }
        return cause instanceof ErrorType error && isReply(error)
                ? Optional.ofNullable(PASSING.get(code(error)))
                : Optional.of(StoreFault.CONNECTION);
    }

    /** Whether Redis did nothing, so that any call may be repeated, and repeating it now may help. */
    static boolean wasNotCarriedOut(Throwable failure) {
        return failure instanceof ErrorType error ? SENT_AWAY.contains(code(error)) : failure instanceof NotSent;
    }

    /** Redis was not reached, or the connection ended under the call. */
    static boolean isConnection(Throwable failure) {
        return fault(failure).filter(StoreFault.CONNECTION::equals).isPresent();
    }

    static boolean isReadOnly(Throwable failure) {
        return failure instanceof ErrorType error && code(error).equals("READONLY");
    }

    static boolean isUnknownScript(Throwable failure) {
        return failure instanceof ErrorType error && code(error).equals(SCRIPT_MISSING);
    }

    /** The client's own word for a connection that ended looks like a reply. */
    private static boolean isReply(ErrorType error) {
        return !code(error).equals("CONNECTION_CLOSED");
    }

    /** Up to Redis 6 an error inside a script is wrapped, {@code ERR … -OOM …}; since 7 its own code leads all the same. */
    private static String code(ErrorType error) {
        String message = String.valueOf(error.getMessage());
        int end = message.indexOf(' ');
        String leading = end < 0 ? message : message.substring(0, end);
        if (!leading.equals("ERR")) {
            return leading;
        }
        return PASSING.keySet().stream()
                .filter(code -> message.contains("-" + code + " "))
                .findFirst()
                .orElse(leading);
    }

    /** The call failed before it left this process. */
    static final class NotSent extends RuntimeException {
        NotSent(Throwable cause) {
            super(cause.getMessage(), cause, false, false);
        }

        static NotSent crowded() {
            return new NotSent(new ConnectionPoolTooBusyException("as many calls wait as may"));
        }
    }
}
