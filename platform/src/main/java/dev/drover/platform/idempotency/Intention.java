package dev.drover.platform.idempotency;

/**
 * What a key stands for.
 *
 * @param caller the account; empty on a route that needs none, where the request itself has to tell one client from another: then the
 *               intention is found only by the whole request again, and a stranger who chose the same key finds nothing
 * @param route  method and path template
 */
record Intention(String caller, String route, IdempotencyKey key) {

    boolean isAnonymous() {
        return caller.isEmpty();
    }
}
