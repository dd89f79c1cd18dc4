package dev.drover.platform.ratelimit;

/** Whom a quota belongs to. Where a request does not have it, the next below is taken: an API key, else the account, else the address. */
enum KeyKind {
    /**
     * The header {@code X-API-Key}. Only for routes that then refuse a key they do not know: elsewhere a client would have a new quota by
     * making up a new key.
     */
    API_KEY,
    ACCOUNT,
    /** An IPv4 address, or the /64 network of an IPv6 address. */
    ADDRESS
}
