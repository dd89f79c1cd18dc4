package dev.drover.platform.redis;

/** Whether somebody still waits for a call. Ends once, from any thread. */
final class Interest {

    private volatile boolean hasEnded;

    void end() {
        hasEnded = true;
    }

    boolean hasEnded() {
        return hasEnded;
    }
}
