package dev.drover.platform.objectstore;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Signature version 4 for the public endpoint. */
public final class S3ObjectPresigner implements Presigner, AutoCloseable {

    private final S3Presigner signer;
    private final String bucket;

    private S3ObjectPresigner(S3Presigner signer, String bucket) {
        this.signer = signer;
        this.bucket = bucket;
    }

    public static S3ObjectPresigner of(ObjectStoreConfig config) {
        S3Location location = S3Location.of(config);
        Optional<URI> endpoint = location.publicEndpoint();
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(location.region())
                .credentialsProvider(location.credentials())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(endpoint.isPresent())
                        // A download must need no header that a browser would not send.
                        .checksumValidationEnabled(false)
                        .build());
        endpoint.ifPresent(builder::endpointOverride);
        return new S3ObjectPresigner(builder.build(), location.bucket());
    }

    @Override
    public PresignedRequest upload(ObjectKey key, ExactContent content, Duration validFor) {
        var signed = signer.presignPutObject(
                request -> request.signatureDuration(validFor).putObjectRequest(put -> put.bucket(bucket)
                        .key(key.value())
                        .contentLength(content.sizeBytes())
                        .contentType(content.contentType())
                        .checksumSHA256(content.sha256().base64())));
        return put(signed, Set.of("content-length", "content-type", "x-amz-checksum-sha256"));
    }

    @Override
    public PresignedRequest part(ObjectKey key, String uploadId, int number, ExactPart part, Duration validFor) {
        var signed = signer.presignUploadPart(
                request -> request.signatureDuration(validFor).uploadPartRequest(upload -> upload.bucket(bucket)
                        .key(key.value())
                        .uploadId(uploadId)
                        .partNumber(number)
                        .contentLength(part.sizeBytes())
                        .checksumSHA256(part.sha256().base64())));
        return put(signed, Set.of("content-length", "x-amz-checksum-sha256"));
    }

    /** @param expected what must be signed, and nothing else: a header moved into the query binds nothing */
    private static PresignedRequest put(
            software.amazon.awssdk.awscore.presigner.PresignedRequest signed, Set<String> expected) {
        Map<String, String> headers = signed.signedHeaders().entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("host"))
                .collect(
                        Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), header -> header.getValue()
                                .getFirst()));
        if (!headers.keySet().equals(expected)) {
            throw new IllegalStateException("an upload was signed with other headers: " + headers.keySet());
        }
        return new PresignedRequest("PUT", URI.create(signed.url().toString()), headers, signed.expiration());
    }

    @Override
    public PresignedRequest download(ObjectKey key, String contentType, String contentDisposition, Duration validFor) {
        var signed = signer.presignGetObject(
                request -> request.signatureDuration(validFor).getObjectRequest(get -> get.bucket(bucket)
                        .key(key.value())
                        .responseContentType(contentType)
                        .responseContentDisposition(contentDisposition)));
        if (!signed.isBrowserExecutable()) {
            throw new IllegalStateException("a download was signed with headers: " + signed.signedHeaders());
        }
        return new PresignedRequest("GET", URI.create(signed.url().toString()), Map.of(), signed.expiration());
    }

    @Override
    public void close() {
        signer.close();
    }
}
