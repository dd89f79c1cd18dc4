package dev.drover.media.upload;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;

import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.Sha256;
import dev.drover.platform.problem.ServiceException;

/** The body of {@code POST /media/uploads}: what exactly is going to be uploaded. */
record UploadRequest(
        @NotNull String fileName,

        @NotNull
        @Pattern(regexp = UploadPolicy.TYPE_PATTERN, message = "must be a media type without parameters, in lower case")
        String contentType,

        @NotNull @Positive Long sizeBytes,

        @NotNull @Pattern(regexp = Sha256.PATTERN, message = "must be 64 lower-case hex digits")
        String sha256,

        @NotNull String purpose) {

    NewMedia toMedia(MediaId id, String owner) {
        FileName name = FileName.parse(fileName)
                .orElseThrow(() -> ServiceException.invalid(
                        "/fileName",
                        "must be 1 to " + FileName.CHARACTERS_MAX + " characters without control characters"));
        MediaPurpose use = MediaPurpose.parse(purpose)
                .orElseThrow(() -> ServiceException.invalid("/purpose", "must be avatar or file"));
        ExactContent content = new ExactContent(sizeBytes, contentType, new Sha256(sha256));
        return new NewMedia(id, owner, name.value(), content, use);
    }
}
