package dev.drover.jobs.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.Sha256;

/** How tests have a file looked at. */
final class Examining {

    private static final FileExaminer EXAMINER = new FileExaminer(50_000_000, 16 * 1024 * 1024, 2);

    private Examining() {}

    static List<Rendition> fit(String contentType, byte[] bytes, MediaPurpose purpose) throws Exception {
        Examination examination =
                EXAMINER.examine(media(contentType, bytes, purpose), new ByteArrayInputStream(bytes), false);
        assertThat(examination).isInstanceOf(Examination.Fit.class);
        return ((Examination.Fit) examination).renditions();
    }

    static Examination examine(String contentType, byte[] bytes) throws Exception {
        return EXAMINER.examine(media(contentType, bytes, MediaPurpose.FILE), new ByteArrayInputStream(bytes), false);
    }

    private static NewMedia media(String contentType, byte[] bytes, MediaPurpose purpose) {
        String owner = "usr_examiner";
        return new NewMedia(
                MediaId.of(owner, Ids.derive("file")),
                owner,
                "file",
                new ExactContent(bytes.length, contentType, Sha256.of(bytes)),
                purpose);
    }
}
