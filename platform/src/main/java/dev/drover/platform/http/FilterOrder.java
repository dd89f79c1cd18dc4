package dev.drover.platform.http;

/**
 * The order of what stands between the router and a resource, as priorities of Jakarta REST filters: a request passes them upwards, an
 * answer downwards. Who calls is settled before any of them.
 */
public final class FilterOrder {

    /** First, so that a refused request costs nothing else; its headers are the last to be added, so no replay carries old ones. */
    public static final int RATE_LIMIT = 3_000;

    /** Before anything reads the body. */
    public static final int BODY = 3_050;

    /** Next to the resource: what it records is the resource's own answer. */
    public static final int IDEMPOTENCY = 3_100;

    /** On the way out before anything is recorded. */
    public static final int BARE_ANSWERS = 3_150;

    /** Closest to the resource, and only on the way out: what is not admitted is replaced before anyone else sees the answer. */
    public static final int ADMISSION = 3_200;

    private FilterOrder() {}
}
