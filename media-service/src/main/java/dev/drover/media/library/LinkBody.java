package dev.drover.media.library;

import java.net.URI;
import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a file can be fetched for a short while, by whoever has the URL. */
@RegisterForReflection
@Schema(name = "DownloadLink")
record LinkBody(URI url, Instant expiresAt) {}
