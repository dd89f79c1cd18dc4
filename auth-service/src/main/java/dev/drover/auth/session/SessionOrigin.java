package dev.drover.auth.session;

/**
 * Where a session was opened, for its owner to recognise it.
 *
 * @param device  as the User-Agent tells, such as {@code Firefox on Linux}
 * @param address the client's, or its network's: what counts as one client
 */
record SessionOrigin(String device, String address) {}
