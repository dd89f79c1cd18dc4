package dev.drover.media;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.ErrorKind;

/** The errors of media-service. */
public enum MediaError implements ErrorCode {
    CONTENT_TYPE_NOT_ALLOWED(ErrorKind.UNPROCESSABLE, "Files of this type are not taken"),
    FILE_TOO_LARGE(ErrorKind.TOO_LARGE, "The file is larger than an upload may be"),
    UPLOAD_MISSING(ErrorKind.CONFLICT, "The store does not have the file yet"),
    UPLOAD_DIFFERS(ErrorKind.UNPROCESSABLE, "The store has something else than was announced"),
    UPLOAD_NOT_IN_PARTS(ErrorKind.CONFLICT, "The upload is made in one request"),
    UPLOAD_COMPLETE(ErrorKind.CONFLICT, "The upload is complete already"),
    MEDIA_QUOTA_EXCEEDED(ErrorKind.CONFLICT, "The account has as many files, or bytes, as it may have"),
    UPLOAD_DELETED(ErrorKind.GONE, "The file of this upload was deleted"),
    MEDIA_NOT_READY(ErrorKind.CONFLICT, "The file is not ready yet"),
    MEDIA_QUARANTINED(ErrorKind.CONFLICT, "The file was refused and is given to nobody"),
    TOO_MANY_SHARES(ErrorKind.CONFLICT, "The file is shared by as many links as it may be"),
    VARIANT_NOT_FOUND(ErrorKind.NOT_FOUND, "The file has no such variant");

    private final ErrorKind kind;
    private final String title;

    MediaError(ErrorKind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    @Override
    public String title() {
        return title;
    }
}
