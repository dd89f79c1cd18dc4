package dev.drover.platform.objectstore;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A bucket and a key of the tests.
 *
 * @param patience for every kind of answer
 */
record StoreSettings(Optional<URI> endpoint, Optional<URI> publicEndpoint, Duration patience)
        implements ObjectStoreConfig {

    @Override
    public Optional<String> region() {
        return Optional.of("eu-central-1");
    }

    @Override
    public Optional<String> bucket() {
        return Optional.of("herd");
    }

    @Override
    public Optional<String> accessKeyId() {
        return Optional.of("id");
    }

    @Override
    public Optional<String> secretAccessKey() {
        return Optional.of("a key of this test");
    }

    @Override
    public Optional<String> sessionToken() {
        return Optional.empty();
    }

    @Override
    public Duration answerWithin() {
        return patience;
    }

    @Override
    public Duration transferWithin() {
        return patience;
    }

    @Override
    public Duration assembleWithin() {
        return patience;
    }

    @Override
    public Duration silenceMax() {
        return patience;
    }
}
