package dev.drover.profile.profiles;

/**
 * By which a repeated request is known: the client's name for it and a digest of all it asked.
 *
 * @param name   derived from caller, route and Idempotency-Key
 * @param digest of method, If-Match and body
 */
record RequestMark(String name, String digest) {}
