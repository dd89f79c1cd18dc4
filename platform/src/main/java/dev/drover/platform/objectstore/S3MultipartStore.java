package dev.drover.platform.objectstore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Multipart uploads of S3, their parts and the whole guarded by SHA-256. */
final class S3MultipartStore implements MultipartStore {

    private static final Set<String> REFUSALS =
            Set.of("InvalidPart", "InvalidPartOrder", "EntityTooSmall", "BadDigest", "InvalidRequest");

    private static final String NO_SUCH_UPLOAD = "NoSuchUpload";

    private final S3Client s3;
    private final String bucket;
    private final S3Calls calls;
    private final AwsRequestOverrideConfiguration quick;
    private final AwsRequestOverrideConfiguration assembling;

    S3MultipartStore(S3Client s3, String bucket, S3Calls calls, Duration answerWithin, Duration assembleWithin) {
        this.s3 = s3;
        this.bucket = bucket;
        this.calls = calls;
        this.quick = S3ObjectStore.within(answerWithin);
        // One attempt may take all of it: a store assembles on while nobody waits.
        this.assembling = AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(assembleWithin)
                .build();
    }

    @Override
    public String begin(ObjectKey key, String contentType) {
        return calls.call("begin_multipart", () -> s3.createMultipartUpload(create -> create.bucket(bucket)
                        .key(key.value())
                        .contentType(contentType)
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                        .checksumType(ChecksumType.COMPOSITE)
                        .overrideConfiguration(quick))
                .uploadId());
    }

    @Override
    public Optional<List<StoredPart>> parts(ObjectKey key, String uploadId) {
        List<StoredPart> parts = new ArrayList<>();
        Optional<Integer> after = Optional.empty();
        do {
            Optional<ListPartsResponse> page = partsAfter(key, uploadId, after);
            if (page.isEmpty()) {
                return Optional.empty();
            }
            page.get().parts().forEach(part -> parts.add(new StoredPart(part.partNumber(), part.size(), part.eTag())));
            after = Optional.of(page.get())
                    .filter(listed -> Boolean.TRUE.equals(listed.isTruncated()))
                    .map(ListPartsResponse::nextPartNumberMarker);
        } while (after.isPresent());
        return Optional.of(parts);
    }

    private Optional<ListPartsResponse> partsAfter(ObjectKey key, String uploadId, Optional<Integer> after) {
        ListPartsRequest.Builder list = ListPartsRequest.builder()
                .bucket(bucket)
                .key(key.value())
                .uploadId(uploadId)
                .overrideConfiguration(quick);
        after.ifPresent(list::partNumberMarker);
        return calls.call("list_parts", () -> {
            try {
                return Optional.of(s3.listParts(list.build()));
            } catch (NoSuchUploadException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public Assembled assemble(ObjectKey key, String uploadId, List<ChosenPart> parts) {
        List<CompletedPart> chosen = parts.stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(part.eTag())
                        .checksumSHA256(part.sha256().base64())
                        .build())
                .toList();
        return calls.call("assemble", () -> {
            try {
                s3.completeMultipartUpload(complete -> complete.bucket(bucket)
                        .key(key.value())
                        .uploadId(uploadId)
                        .multipartUpload(upload -> upload.parts(chosen))
                        .overrideConfiguration(assembling));
                return Assembled.DONE;
            } catch (NoSuchUploadException e) {
                return Assembled.NO_SUCH_UPLOAD;
            } catch (S3Exception e) {
                String code =
                        e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
                if (REFUSALS.contains(code)) {
                    return Assembled.REFUSED;
                }
                throw e;
            }
        });
    }

    @Override
    public void abort(ObjectKey key, String uploadId) {
        calls.call("abort_multipart", () -> {
            try {
                return s3.abortMultipartUpload(abort ->
                        abort.bucket(bucket).key(key.value()).uploadId(uploadId).overrideConfiguration(quick));
            } catch (NoSuchUploadException e) {
                return null;
            } catch (S3Exception e) {
                if (e.awsErrorDetails() != null
                        && NO_SUCH_UPLOAD.equals(e.awsErrorDetails().errorCode())) {
                    return null;
                }
                throw e;
            }
        });
    }

    @Override
    public OpenUploads open(String prefix, Optional<OpenUpload> after, int max) {
        ListMultipartUploadsRequest.Builder list = ListMultipartUploadsRequest.builder()
                .bucket(bucket)
                .prefix(prefix)
                .maxUploads(max)
                .overrideConfiguration(quick);
        after.ifPresent(last -> list.keyMarker(last.key()).uploadIdMarker(last.uploadId()));
        ListMultipartUploadsResponse page = calls.call("list_multipart", () -> s3.listMultipartUploads(list.build()));
        return new OpenUploads(
                page.uploads().stream()
                        .map(upload -> new OpenUpload(upload.key(), upload.uploadId()))
                        .toList(),
                Boolean.TRUE.equals(page.isTruncated()));
    }
}
