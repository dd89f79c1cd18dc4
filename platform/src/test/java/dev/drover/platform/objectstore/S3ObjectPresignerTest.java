package dev.drover.platform.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The form of signed URLs: AWS has the bucket in the host's name, every other store in the path. */
class S3ObjectPresignerTest {

    private static final ObjectKey KEY = new ObjectKey("media/usr_a/med_b/original");
    private static final Sha256 SHA256 = Sha256.of(new byte[] {1, 2, 3});
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final StoreSettings ON_AWS = place(Optional.empty(), Optional.empty());
    private static final DateTimeFormatter SIGNED_AT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Test
    void onAwsTheBucketIsInTheHostsName() {
        try (S3ObjectPresigner presigner = S3ObjectPresigner.of(ON_AWS, Clock.systemUTC())) {
            URI url = presigner.upload(KEY, content(), MINUTE).url();

            assertThat(url.getScheme()).isEqualTo("https");
            assertThat(url.getHost()).isEqualTo("herd.s3.eu-central-1.amazonaws.com");
            assertThat(url.getPath()).isEqualTo("/" + KEY);
        }
    }

    @Test
    void elsewhereItIsInThePathOfWhatClientsReach() {
        StoreSettings place = place(
                Optional.of(URI.create("http://minio.internal:9000")),
                Optional.of(URI.create("https://files.example.org")));
        try (S3ObjectPresigner presigner = S3ObjectPresigner.of(place, Clock.systemUTC())) {
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
        try (S3ObjectPresigner presigner = S3ObjectPresigner.of(ON_AWS, Clock.systemUTC())) {
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

    @ParameterizedTest
    @ValueSource(strings = {"", "http://127.0.0.1:9000", "https://files.example.org"})
    void allIsSignedAsTheSdksOwnPresignerSignsIt(String endpoint) {
        Optional<URI> there =
                Optional.of(endpoint).filter(url -> !url.isEmpty()).map(URI::create);
        ObjectKey key = new ObjectKey("media/usr_a/med_b/original");
        try (S3Presigner sdk = sdk(there)) {
            URI upload = URI.create(sdk.presignPutObject(
                            request -> request.signatureDuration(MINUTE).putObjectRequest(put -> put.bucket("herd")
                                    .key(key.value())
                                    .contentLength(3L)
                                    .contentType("text/plain")
                                    .checksumSHA256(SHA256.base64())))
                    .url()
                    .toString());
            URI part = URI.create(sdk.presignUploadPart(
                            request -> request.signatureDuration(MINUTE).uploadPartRequest(put -> put.bucket("herd")
                                    .key(key.value())
                                    .uploadId("up/load+=")
                                    .partNumber(2)
                                    .contentLength(3L)
                                    .checksumSHA256(SHA256.base64())))
                    .url()
                    .toString());
            URI download = URI.create(sdk.presignGetObject(
                            request -> request.signatureDuration(MINUTE).getObjectRequest(get -> get.bucket("herd")
                                    .key(key.value())
                                    .responseContentType("text/plain; charset=utf-8")
                                    .responseContentDisposition("attachment; filename*=UTF-8''%E2%82%AC%20a.txt")))
                    .url()
                    .toString());

            assertSame(upload, at(there, upload).upload(key, content(), MINUTE));
            assertSame(part, at(there, part).part(key, "up/load+=", 2, new Presigner.ExactPart(3, SHA256), MINUTE));
            assertSame(
                    download,
                    at(there, download)
                            .download(
                                    key,
                                    "text/plain; charset=utf-8",
                                    "attachment; filename*=UTF-8''%E2%82%AC%20a.txt",
                                    MINUTE));
        }
    }

    private static S3Presigner sdk(Optional<URI> endpoint) {
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "a key of this test")))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(endpoint.isPresent())
                        .checksumValidationEnabled(false)
                        .build());
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** Ours at the moment the other one signed. */
    private static S3ObjectPresigner at(Optional<URI> endpoint, URI signed) {
        Instant then = SIGNED_AT.parse(parameters(signed).get("X-Amz-Date"), Instant::from);
        return S3ObjectPresigner.of(place(Optional.empty(), endpoint), Clock.fixed(then, ZoneOffset.UTC));
    }

    private static void assertSame(URI expected, PresignedRequest signed) {
        assertThat(signed.url().resolve("?")).isEqualTo(expected.resolve("?"));
        assertThat(parameters(signed.url())).isEqualTo(parameters(expected)).containsKey("X-Amz-Signature");
    }

    /** As they are sent; their order says nothing. */
    private static Map<String, String> parameters(URI url) {
        return Stream.of(url.getRawQuery().split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(parameter -> parameter[0], parameter -> parameter[1]));
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

    private static StoreSettings place(Optional<URI> endpoint, Optional<URI> publicEndpoint) {
        return new StoreSettings(endpoint, publicEndpoint, MINUTE);
    }
}
