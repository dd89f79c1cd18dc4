package dev.drover.media;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.Sha256;

/** Files to upload. */
public final class Files {

    public static final byte[] TEXT = "the herd stands".getBytes(StandardCharsets.UTF_8);

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
