package dev.drover.jobs.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.concurrent.Semaphore;

import dev.drover.platform.medialedger.NewMedia;

/**
 * Looks into a file that nobody has looked into before, and trusts nothing it says. Bounded in memory whatever the file is: only images
 * are held, only so many at once, and they are decoded no further than needed.
 */
final class FileExaminer {

    private final long pixelsMax;
    private final int imageBytesMax;
    private final Semaphore decoders;

    FileExaminer(long pixelsMax, int imageBytesMax, int decodersMax) {
        this.pixelsMax = pixelsMax;
        this.imageBytesMax = imageBytesMax;
        this.decoders = new Semaphore(decodersMax);
    }

    /** @throws IOException when the stream fails, which says nothing about the file */
    Examination examine(NewMedia media, InputStream content, boolean progressive)
            throws IOException, InterruptedException {
        String contentType = media.content().contentType();
        byte[] head = content.readNBytes(FileSignature.HEAD_BYTES);
        if (!FileSignature.matches(contentType, head)) {
            return new Examination.Refused(Unfit.TYPE_MISMATCH);
        }
        if (!Readers.TYPES.contains(contentType)) {
            return new Examination.Fit(List.of());
        }
        if (media.content().sizeBytes() > imageBytesMax) {
            return new Examination.Refused(Unfit.TOO_MANY_BYTES);
        }
        decoders.acquire();
        try {
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), content);
            return picture(media, whole.readNBytes(imageBytesMax), progressive);
        } finally {
            decoders.release();
        }
    }

    private Examination picture(NewMedia media, byte[] bytes, boolean progressive) throws IOException {
        String contentType = media.content().contentType();
        if (Polyglot.isOne(bytes)) {
            return new Examination.Refused(Unfit.POLYGLOT);
        }
        // Twice what the largest variants need: enough to take means from.
        Decoding.Result result =
                Decoding.decode(contentType, bytes, pixelsMax, 2 * Renditions.AVATAR_LARGE, 2 * Renditions.PREVIEW);
        return switch (result) {
            case Decoding.Result.Refused(Unfit reason) -> new Examination.Refused(reason);
            case Decoding.Result.Decoded(var image) -> {
                ExifOrientation orientation =
                        contentType.equals("image/jpeg") ? ExifOrientation.of(bytes) : ExifOrientation.UPRIGHT;
                yield new Examination.Fit(Renditions.of(image, orientation, media.purpose(), progressive));
            }
        };
    }
}
