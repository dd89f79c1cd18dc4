package dev.drover.platform.objectstore;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Signature version 4 for the public endpoint. It gives the requests to the SDK's signer as they are: the SDK's own presigner finds out about endpoint,
 * region and credentials anew for each, by a dozen interceptors, at several times what the signature costs.
 */
public final class S3ObjectPresigner implements Presigner, AutoCloseable {

    private static final String LENGTH = "content-length";
    private static final String TYPE = "content-type";
    private static final String DIGEST = "x-amz-checksum-sha256";
    private static final String HOST = "host";
    private static final String SIGNED_HEADERS = "X-Amz-SignedHeaders";

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final S3Location location;
    private final URI bucket;
    private final Clock clock;

    private S3ObjectPresigner(S3Location location, URI bucket, Clock clock) {
        this.location = location;
        this.bucket = bucket;
        this.clock = clock;
    }

    public static S3ObjectPresigner of(ObjectStoreConfig config, Clock clock) {
        S3Location location = S3Location.of(config);
        return new S3ObjectPresigner(location, bucket(location), clock);
    }

    /** AWS has the bucket in the host's name, every other store in the path. */
    private static URI bucket(S3Location location) {
        return S3EndpointProvider.defaultProvider()
                .resolveEndpoint(endpoint -> {
                    endpoint.region(location.region())
                            .bucket(location.bucket())
                            .useGlobalEndpoint(false)
                            .forcePathStyle(location.publicEndpoint().isPresent());
                    location.publicEndpoint().map(URI::toString).ifPresent(endpoint::endpoint);
                })
                .join()
                .url();
    }

    @Override
    public PresignedRequest upload(ObjectKey key, ExactContent content, Duration validFor) {
        return put(
                key,
                Map.of(),
                Map.of(
                        LENGTH,
                        Long.toString(content.sizeBytes()),
                        TYPE,
                        content.contentType(),
                        DIGEST,
                        content.sha256().base64()),
                validFor);
    }

    @Override
    public PresignedRequest part(ObjectKey key, String uploadId, int number, ExactPart part, Duration validFor) {
        return put(
                key,
                Map.of("partNumber", Integer.toString(number), "uploadId", uploadId),
                Map.of(
                        LENGTH,
                        Long.toString(part.sizeBytes()),
                        DIGEST,
                        part.sha256().base64()),
                validFor);
    }

    private PresignedRequest put(
            ObjectKey key, Map<String, String> query, Map<String, String> headers, Duration validFor) {
        return signed(SdkHttpMethod.PUT, key, query, headers, validFor);
    }

    @Override
    public PresignedRequest download(ObjectKey key, String contentType, String contentDisposition, Duration validFor) {
        Map<String, String> query =
                Map.of("response-content-type", contentType, "response-content-disposition", contentDisposition);
        // A download must need no header that a browser would not send.
        return signed(SdkHttpMethod.GET, key, query, Map.of(), validFor);
    }

    private PresignedRequest signed(
            SdkHttpMethod method,
            ObjectKey key,
            Map<String, String> query,
            Map<String, String> headers,
            Duration validFor) {
        Instant now = clock.instant();
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(method)
                .protocol(bucket.getScheme())
                .host(bucket.getHost())
                .port(bucket.getPort() < 0 ? null : bucket.getPort())
                .encodedPath(bucket.getRawPath() + "/" + SdkHttpUtils.urlEncodeIgnoreSlashes(key.value()));
        query.forEach(request::putRawQueryParameter);
        headers.forEach(request::putHeader);
        SdkHttpRequest signed = signer.sign(SignRequest.builder(
                                location.credentials().resolveCredentials())
                        .request(request.build())
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(
                                AwsV4HttpSigner.REGION_NAME, location.region().id())
                        .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, validFor)
                        .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC))
                        .build())
                .request();
        requireSigned(signed, headers);
        return new PresignedRequest(method.name(), signed.getUri(), headers, now.plus(validFor));
    }

    /** All headers, and nothing else: one that was moved into the query binds nothing. */
    private static void requireSigned(SdkHttpRequest signed, Map<String, String> headers) {
        TreeMap<String, String> expected = new TreeMap<>(headers);
        expected.put(HOST, "");
        String names = signed.firstMatchingRawQueryParameter(SIGNED_HEADERS).orElse("");
        if (!names.equals(String.join(";", expected.keySet()))) {
            throw new IllegalStateException("a request was signed with other headers: " + names);
        }
    }

    @Override
    public void close() {
        if (location.credentials() instanceof SdkAutoCloseable provider) {
            provider.close();
        }
    }
}
