package dev.drover.media.upload;

import java.util.ArrayList;
import java.util.List;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.Sha256;
import dev.drover.platform.problem.JudgedBody;
import dev.drover.platform.problem.Violation;

/** The body of {@code POST /media/uploads}: what exactly is going to be uploaded. */
@RegisterForReflection
@Schema(name = "UploadRequest")
record UploadRequest(
        @NotNull @Schema(minLength = 1, maxLength = FileName.CHARACTERS_MAX, examples = "herd.jpg")
        String fileName,

        @NotNull
        @Pattern(regexp = UploadPolicy.TYPE_PATTERN, message = "must be a media type without parameters, in lower case")
        @Schema(examples = "image/jpeg")
        String contentType,

        @NotNull @Positive @Schema(examples = "48213") Long sizeBytes,

        @NotNull
        @Pattern(regexp = Sha256.PATTERN, message = "must be 64 lower-case hex digits")
        @Schema(examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String sha256,

        @NotNull @Schema(enumeration = {"avatar", "file"}) String purpose)
        implements JudgedBody {

    @Override
    public List<Violation> violations() {
        List<Violation> faults = new ArrayList<>();
        if (fileName != null && FileName.parse(fileName).isEmpty()) {
            faults.add(new Violation("/fileName", "must be 1 to " + FileName.CHARACTERS_MAX + " characters"));
        }
        if (purpose != null && MediaPurpose.parse(purpose).isEmpty()) {
            faults.add(new Violation("/purpose", "must be avatar or file"));
        }
        return faults;
    }

    NewMedia toMedia(MediaId id, String owner) {
        FileName name = new FileName(fileName);
        MediaPurpose use = MediaPurpose.parse(purpose).orElseThrow();
        ExactContent content = new ExactContent(sizeBytes, contentType, new Sha256(sha256));
        return new NewMedia(id, owner, name.value(), content, use);
    }
}
