package dev.drover.media.library;

import java.net.URI;
import java.time.Instant;

/** Where a file can be fetched for a short while, by whoever has the URL. */
record LinkBody(URI url, Instant expiresAt) {}
