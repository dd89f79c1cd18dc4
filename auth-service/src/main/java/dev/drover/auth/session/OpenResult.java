package dev.drover.auth.session;

/** What a store made of a new session. */
sealed interface OpenResult {

    record Opened() implements OpenResult {}

    /** A session of this id lives. The nonce is the one its secrets follow from, the hash tells whether they still do. */
    record Present(String nonce, String cookieHash) implements OpenResult {}

    /** A session of this id was revoked, and stays so. */
    record Revoked() implements OpenResult {}
}
