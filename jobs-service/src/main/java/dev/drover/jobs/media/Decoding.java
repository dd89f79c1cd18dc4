package dev.drover.jobs.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes a picture no further than its variants need; of an animation its first frame. Works in memory only: no temporary files. */
final class Decoding {

    /** Pixels decoded at most; a larger image is read in every second, third … row and column. */
    private static final long DECODED_MAX = 4_000_000;

    /** Pixels of a format that is decoded as a whole: 64 MiB. */
    private static final long WHOLE_MAX = 16_000_000;

    /** A JPEG of four is in inks (CMYK), although the decoder takes one without Adobe's mark for colours with transparency. */
    private static final int JPEG_BANDS_MAX = 3;

    private static final int RIFF_HEAD_BYTES = 8;
    private static final byte GIF_TRAILER = 0x3b;

    private Decoding() {}

    sealed interface Result {
        record Decoded(BufferedImage image) implements Result {}

        record Refused(Unfit reason) implements Result {}
    }

    /**
     * @param pixelsMax judged by the header, before anything is decoded
     * @param sideMin   what the shorter side should still have, if the image has it
     * @param longMin   what the longer side should still have, if the image has it
     */
    static Result decode(String contentType, byte[] bytes, long pixelsMax, int sideMin, int longMin) {
        if (isCutOff(contentType, bytes)) {
            return new Result.Refused(Unfit.CORRUPT);
        }
        ImageReader reader = Readers.of(contentType);
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            // Without metadata: a compressed text chunk would otherwise be unpacked to whatever size it has.
            reader.setInput(input, true, true);
            Truncation truncation = new Truncation();
            reader.addIIOReadWarningListener(truncation);
            long width = reader.getWidth(0);
            long height = reader.getHeight(0);
            // WebP has no decoder that leaves out rows: all of its pixels are held for a moment.
            long decodedMax = contentType.equals("image/webp") ? Math.min(pixelsMax, WHOLE_MAX) : pixelsMax;
            if (width * height > decodedMax) {
                return new Result.Refused(Unfit.TOO_MANY_PIXELS);
            }
            ImageReadParam param = reader.getDefaultReadParam();
            int step = step(Math.min(width, height) / sideMin, Math.max(width, height) / longMin, width * height);
            param.setSourceSubsampling(step, step, 0, 0);
            BufferedImage image = reader.read(0, param);
            if (contentType.equals("image/jpeg") && image.getRaster().getNumBands() > JPEG_BANDS_MAX) {
                return new Result.Refused(Unfit.UNSUPPORTED_IMAGE);
            }
            return truncation.found ? new Result.Refused(Unfit.CORRUPT) : new Result.Decoded(image);
        } catch (IIOException e) {
            return new Result.Refused(isUnsupported(e) ? Unfit.UNSUPPORTED_IMAGE : Unfit.CORRUPT);
        } catch (IOException | RuntimeException e) {
            // The decoders answer some hostile inputs with exceptions that were not meant for it.
            return new Result.Refused(Unfit.CORRUPT);
        } finally {
            reader.dispose();
        }
    }

    /** By what the format says of its end; these decoders fill up what is missing without a word. */
    private static boolean isCutOff(String contentType, byte[] bytes) {
        return switch (contentType) {
            case "image/webp" ->
                bytes.length < RIFF_HEAD_BYTES
                        || (ByteBuffer.wrap(bytes)
                                                        .order(ByteOrder.LITTLE_ENDIAN)
                                                        .getInt(4)
                                                & 0xffff_ffffL)
                                        + RIFF_HEAD_BYTES
                                > bytes.length;
            case "image/gif" -> {
                int last = bytes.length - 1;
                while (last > 0 && bytes[last] == 0) {
                    last--;
                }
                yield bytes[last] != GIF_TRAILER;
            }
            default -> false;
        };
    }

    private static int step(long bySide, long byLength, long pixels) {
        long forQuality = Math.max(1, Math.min(bySide, byLength));
        long forMemory = (long) Math.ceil(Math.sqrt((double) pixels / DECODED_MAX));
        return (int) Math.max(forQuality, forMemory);
    }

    private static boolean isUnsupported(IIOException e) {
        return String.valueOf(e.getMessage()).startsWith("Unsupported");
    }

    /** The JPEG decoder fills what is missing with grey and only warns. */
    private static final class Truncation implements IIOReadWarningListener {

        private boolean found;

        @Override
        public void warningOccurred(ImageReader source, String warning) {
            found |= warning.startsWith("Truncated") || warning.startsWith("Premature end");
        }
    }
}
