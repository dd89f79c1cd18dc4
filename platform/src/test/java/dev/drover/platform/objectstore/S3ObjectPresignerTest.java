package dev.drover.platform.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

/** The form of signed URLs: AWS has the bucket in the host's name, every other store in the path. */
class S3ObjectPresignerTest {

    private static final ObjectKey KEY = new ObjectKey("media/usr_a/med_b/original");
    private static final Sha256 SHA256 = Sha256.of(new byte[] {1, 2, 3});
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void onAwsTheBucketIsInTheHostsName() {
        try (S3ObjectPresigner presigner = S3ObjectPresigner.of(new Place(Optional.empty(), Optional.empty()))) {
            URI url = presigner.upload(KEY, content(), MINUTE).url();

            assertThat(url.getScheme()).isEqualTo("https");
            assertThat(url.getHost()).isEqualTo("herd.s3.eu-central-1.amazonaws.com");
            assertThat(url.getPath()).isEqualTo("/" + KEY);
        }
    }

    @Test
    void elsewhereItIsInThePathOfWhatClientsReach() {
        Place place = new Place(
                Optional.of(URI.create("http://minio.internal:9000")),
                Optional.of(URI.create("https://files.example.org")));
        try (S3ObjectPresigner presigner = S3ObjectPresigner.of(place)) {
            for (URI url : new URI[] {
                presigner.upload(KEY, content(), MINUTE).url(),
                presigner.download(KEY, "text/plain", "attachment", MINUTE).url(),
                presigner
                        .part(KEY, "upload", 2, new Presigner.ExactPart(3, SHA256), MINUTE)
                        .url()
            }) {
                assertThat(url.getHost()).isEqualTo("files.example.org");
                assertThat(url.getPath()).isEqualTo("/herd/" + KEY);
            }
        }
    }

    @Test
    void ofAPartLengthAndDigestAreSignedAsHeadersAndNothingSneaksIn() {
        try (S3ObjectPresigner presigner = S3ObjectPresigner.of(new Place(Optional.empty(), Optional.empty()))) {
            PresignedRequest part = presigner.part(KEY, "upload", 2, new Presigner.ExactPart(3, SHA256), MINUTE);

            assertThat(part.method()).isEqualTo("PUT");
            assertThat(part.headers())
                    .containsOnlyKeys("content-length", "x-amz-checksum-sha256")
                    .containsEntry("content-length", "3")
                    .containsEntry("x-amz-checksum-sha256", SHA256.base64());
            assertThat(part.url().getQuery())
                    .contains("partNumber=2", "uploadId=upload")
                    .contains("X-Amz-SignedHeaders=content-length;host;x-amz-checksum-sha256")
                    .doesNotContainIgnoringCase("crc32")
                    .doesNotContainPattern("(?i)(^|&)x-amz-(checksum|sdk)");
        }
    }

    @Test
    void aCompositeIsTheDigestOfTheDigests() {
        Sha256 other = Sha256.of(new byte[] {4});
        CompositeSha256 composite = CompositeSha256.of(java.util.List.of(SHA256, other));
        byte[] digests = java.util.HexFormat.of().parseHex(SHA256.hex() + other.hex());

        assertThat(composite.ofDigests()).isEqualTo(Sha256.of(digests));
        assertThat(CompositeSha256.ofStore(Sha256.of(digests).base64() + "-2")).isEqualTo(composite);
        assertThat(CompositeSha256.ofStore(Sha256.of(digests).base64())).isEqualTo(composite);
    }

    private static ExactContent content() {
        return new ExactContent(3, "text/plain", SHA256);
    }

    private record Place(Optional<URI> endpoint, Optional<URI> publicEndpoint) implements ObjectStoreConfig {

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
            return MINUTE;
        }

        @Override
        public Duration transferWithin() {
            return MINUTE;
        }

        @Override
        public Duration assembleWithin() {
            return MINUTE;
        }

        @Override
        public Duration silenceMax() {
            return MINUTE;
        }
    }
}
