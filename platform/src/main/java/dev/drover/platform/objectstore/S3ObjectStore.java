package dev.drover.platform.objectstore;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import dev.drover.platform.faults.BreakerConfig;

/** S3 and what speaks like it, through the SDK's blocking client. */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {

    private static final int ATTEMPTS_MAX = 2;

    private final S3Client s3;
    private final S3Client patient;
    private final String bucket;
    private final Duration answerWithin;
    private final Duration transferWithin;

    private final S3Calls calls;
    private final MultipartStore multipart;

    private S3ObjectStore(S3Client s3, S3Client patient, String bucket, ObjectStoreConfig config, S3Calls calls) {
        this.s3 = s3;
        this.patient = patient;
        this.bucket = bucket;
        this.answerWithin = config.answerWithin();
        this.transferWithin = config.transferWithin();
        this.calls = calls;
        this.multipart = new S3MultipartStore(patient, bucket, calls, config.answerWithin(), config.assembleWithin());
    }

    /** @param watching see every call as the SDK carries it out */
    public static S3ObjectStore connect(
            ObjectStoreConfig config, BreakerConfig breaker, MeterRegistry meters, ExecutionInterceptor... watching) {
        S3Location location = S3Location.of(config);
        S3Calls calls = new S3Calls(breaker, meters);
        S3Client s3 = client(location, config, config.silenceMax(), watching);
        // A store says nothing while it makes an object of its parts.
        S3Client patient = client(location, config, config.assembleWithin(), watching);
        return new S3ObjectStore(s3, patient, location.bucket(), config, calls);
    }

    private static S3Client client(
            S3Location location, ObjectStoreConfig config, Duration silenceMax, ExecutionInterceptor... watching) {
        S3ClientBuilder builder = S3Client.builder()
                .region(location.region())
                .credentialsProvider(location.credentials())
                // The JDK's own HTTP client: small, and at home in a native executable.
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(config.answerWithin().dividedBy(ATTEMPTS_MAX))
                        .socketTimeout(silenceMax))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(location.endpoint().isPresent())
                        .chunkedEncodingEnabled(false)
                        .build())
                .overrideConfiguration(override -> override.executionInterceptors(List.of(watching))
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS_MAX)
                                .build()));
        location.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    @Override
    public Optional<StoredObject> head(ObjectKey key) {
        return calls.call("head", () -> {
            try {
                return Optional.of(stored(s3.headObject(head -> head.bucket(bucket)
                        .key(key.value())
                        .checksumMode(ChecksumMode.ENABLED)
                        .overrideConfiguration(within(answerWithin)))));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    private static StoredObject stored(HeadObjectResponse head) {
        // A composite checksum is a digest of digests and says nothing about the whole by itself.
        boolean composite = head.checksumType() == ChecksumType.COMPOSITE
                || head.checksumSHA256() != null && head.checksumSHA256().contains("-");
        Optional<String> digest = Optional.ofNullable(head.checksumSHA256());
        return new StoredObject(
                head.contentLength(),
                head.contentType(),
                digest.filter(value -> !composite).map(Sha256::ofBase64),
                digest.filter(value -> composite).map(CompositeSha256::ofStore));
    }

    @Override
    public Optional<InputStream> open(ObjectKey key) {
        return calls.call("open", () -> {
            try {
                return Optional.of(new AbortingStream(s3.getObject(get -> get.bucket(bucket)
                        .key(key.value())
                        .checksumMode(ChecksumMode.ENABLED)
                        .overrideConfiguration(within(transferWithin)))));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void put(ObjectKey key, byte[] bytes, ExactContent content) {
        if (bytes.length != content.sizeBytes()) {
            throw new IllegalArgumentException("content says " + content.sizeBytes() + " bytes, not " + bytes.length);
        }
        put(key, RequestBody.fromBytes(bytes), content);
    }

    @Override
    public void put(ObjectKey key, InputStream stream, ExactContent content) {
        put(key, RequestBody.fromInputStream(stream, content.sizeBytes()), content);
    }

    private void put(ObjectKey key, RequestBody body, ExactContent content) {
        if (content.sizeBytes() > PUT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "over " + PUT_BYTES_MAX + " bytes in one request: " + content.sizeBytes());
        }
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key.value())
                .contentLength(content.sizeBytes())
                .contentType(content.contentType())
                .checksumSHA256(content.sha256().base64())
                .overrideConfiguration(within(transferWithin))
                .build();
        calls.call("put", () -> s3.putObject(request, body));
    }

    @Override
    public void delete(ObjectKey key) {
        calls.call(
                "delete",
                () -> s3.deleteObject(
                        delete -> delete.bucket(bucket).key(key.value()).overrideConfiguration(within(answerWithin))));
    }

    @Override
    public ObjectPage list(String prefix, Optional<String> after, int max) {
        ListObjectsV2Request.Builder list = ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(prefix)
                .maxKeys(max)
                .overrideConfiguration(within(answerWithin));
        after.ifPresent(list::startAfter);
        ListObjectsV2Response page = calls.call("list", () -> s3.listObjectsV2(list.build()));
        return new ObjectPage(
                page.contents().stream()
                        .map(object -> new ListedObject(object.key(), object.size(), object.lastModified()))
                        .toList(),
                Boolean.TRUE.equals(page.isTruncated()));
    }

    /** Objects of parts, in the same store. */
    public MultipartStore multipart() {
        return multipart;
    }

    static AwsRequestOverrideConfiguration within(Duration limit) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(limit)
                .apiCallAttemptTimeout(limit.dividedBy(ATTEMPTS_MAX))
                .build();
    }

    @Override
    public void close() {
        s3.close();
        patient.close();
    }
}
