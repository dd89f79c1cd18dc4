package dev.drover.platform.objectstore;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;

/** Where the object store is. Region and bucket are required where it is used; the environment contract says so before this is read. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.object-store")
public interface ObjectStoreConfig {

    /** Empty: AWS, with the bucket in the host's name. Otherwise the bucket is in the path. */
    @WithDefault("${S3_ENDPOINT:}")
    Optional<URI> endpoint();

    /** What clients can reach; presigned URLs use it. Empty: the endpoint itself. */
    @WithDefault("${S3_PUBLIC_ENDPOINT:}")
    Optional<URI> publicEndpoint();

    @WithDefault("${S3_REGION:}")
    Optional<String> region();

    @WithDefault("${S3_BUCKET:}")
    Optional<String> bucket();

    /** Both keys or neither: without them the identity the platform gives is used. */
    @WithDefault("${AWS_ACCESS_KEY_ID:}")
    Optional<String> accessKeyId();

    @WithDefault("${AWS_SECRET_ACCESS_KEY:}")
    Optional<String> secretAccessKey();

    @WithDefault("${AWS_SESSION_TOKEN:}")
    Optional<String> sessionToken();

    /** A call that moves no content, its one retry included. */
    @WithDefault("PT0.9S")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 10)
    Duration answerWithin();

    /** Until the first byte of a download; all of an upload, its one retry included. */
    @WithDefault("PT10S")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 120)
    Duration transferWithin();

    /** Until an object was made of its parts; a store goes on with it when nobody waits any more. */
    @WithDefault("PT25S")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 10)
    Duration assembleWithin();

    /** How long a connection may stay silent in the middle of a transfer. */
    @WithDefault("PT5S")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 60)
    Duration silenceMax();
}
