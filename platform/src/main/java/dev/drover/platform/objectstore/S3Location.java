package dev.drover.platform.objectstore;

import java.net.URI;
import java.util.Optional;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The configuration in the SDK's terms, checked once. */
record S3Location(
        Optional<URI> endpoint,
        Optional<URI> publicEndpoint,
        Region region,
        String bucket,
        AwsCredentialsProvider credentials) {

    static S3Location of(ObjectStoreConfig config) {
        return new S3Location(
                config.endpoint(),
                config.publicEndpoint().or(config::endpoint),
                Region.of(config.region().orElseThrow(() -> new IllegalStateException("S3_REGION is not set"))),
                config.bucket().orElseThrow(() -> new IllegalStateException("S3_BUCKET is not set")),
                credentials(config));
    }

    private static AwsCredentialsProvider credentials(ObjectStoreConfig config) {
        if (config.accessKeyId().isPresent() != config.secretAccessKey().isPresent()) {
            throw new IllegalStateException(
                    "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set together, or neither of them");
        }
        if (config.accessKeyId().isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        String id = config.accessKeyId().get();
        String secret = config.secretAccessKey().get();
        return StaticCredentialsProvider.create(
                config.sessionToken().isPresent()
                        ? AwsSessionCredentials.create(
                                id, secret, config.sessionToken().get())
                        : AwsBasicCredentials.create(id, secret));
    }
}
