package dev.drover.platform.start;

/**
 * Something an instance does once before it says that it is ready, so that no client pays for it: opening connections, loading classes.
 * It decides nothing; one that fails is left out, and whoever needs what it was for meets the cause.
 */
public interface WarmUp {

    /** Blocks, on a virtual thread of its own, for as long as {@link WarmUpConfig#within} at most. May be repeated. */
    void run() throws Exception;
}
