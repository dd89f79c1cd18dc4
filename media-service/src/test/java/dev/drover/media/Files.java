package dev.drover.media;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.UploadTerms;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.Sha256;

/** Files to upload. */
public final class Files {

    public static final byte[] TEXT = "the herd stands".getBytes(StandardCharsets.UTF_8);

    /** Terms on which every file of a test finds room. */
    public static final UploadTerms TERMS =
            new UploadTerms(Duration.ofHours(1), 0, new UploadTerms.Quota(Long.MAX_VALUE >> 12, 1_000_000));

    private Files() {}

    public static String owner() {
        return "usr_" + Ids.derive(UUID.randomUUID().toString());
    }

    public static NewMedia text(String owner) {
        return text(owner, "herd.txt");
    }

    public static NewMedia text(String owner, String fileName) {
        return new NewMedia(
                MediaId.of(owner, Ids.derive(UUID.randomUUID().toString())),
                owner,
                fileName,
                new ExactContent(TEXT.length, "text/plain", Sha256.of(TEXT)),
                MediaPurpose.FILE);
    }
}
