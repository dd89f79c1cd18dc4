package dev.drover.jobs.webhook;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;

/** Carries out one call. */
interface Caller {

    /**
     * Sends the call to that address, whatever its host's name may stand for by now. No redirect is followed, no more of the answer read than
     * is kept. Unless the answer is {@code Answered} the server may or may not have got the call.
     */
    Reply send(Call call, InetAddress address, Map<String, String> headers, Duration timeout)
            throws InterruptedException;

    sealed interface Reply {

        record Answered(int status, String body) implements Reply {}

        record Unreached(String reason) implements Reply {}
    }
}
