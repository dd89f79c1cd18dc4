package dev.drover.platform.ratelimit;

/** Whom a quota belongs to. Where a request does not have it, the next below is taken: an API key, else the account, else the address. */
enum KeyKind {
    /** A key that was proved ({@link dev.drover.platform.identity.ApiKeyHolder}), whichever address it comes from. */
    API_KEY,
    /** Whoever comes by an API key has none, and counts by the key. */
    ACCOUNT,
    /** An IPv4 address, or the /64 network of an IPv6 address. */
    ADDRESS
}
