package dev.drover.platform.identity;

import java.security.Principal;

/** Who makes a request by an API key that was found to count. {@link #getName()} is the key's id, never the key. */
public interface ApiKeyHolder extends Principal {}
