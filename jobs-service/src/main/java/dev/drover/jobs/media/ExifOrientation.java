package dev.drover.jobs.media;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a camera was held (EXIF tag 0x0112), in the order of its values 1 to 8: each says what must be done to the stored pixels to see the
 * picture upright.
 */
enum ExifOrientation {
    UPRIGHT,
    MIRRORED,
    TURNED_180,
    MIRRORED_TURNED_180,
    TRANSPOSED,
    TURNED_90,
    TRANSVERSED,
    TURNED_270;

    private static final int TAG = 0x0112;
    private static final int TYPE_SHORT = 3;
    private static final int APP1 = 0xffe1;
    private static final int START_OF_SCAN = 0xffda;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int ENTRY_BYTES = 12;

    boolean swapsSides() {
        return ordinal() >= TRANSPOSED.ordinal();
    }

    /** What a JPEG says of itself; upright when it says nothing that can be understood. */
    static ExifOrientation of(byte[] jpeg) {
        try {
            ByteBuffer segments = ByteBuffer.wrap(jpeg).position(2);
            while (true) {
                int marker = segments.getShort() & 0xffff;
                if (marker == START_OF_SCAN || marker < 0xff01) {
                    return UPRIGHT;
                }
                int length = (segments.getShort() & 0xffff) - 2;
                ByteBuffer segment = segments.slice(segments.position(), length);
                if (marker == APP1 && isExif(segment)) {
                    return read(segment.slice());
                }
                segments.position(segments.position() + length);
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            // Whoever wrote this was not a camera; the decoder will have its own opinion of the rest.
            return UPRIGHT;
        }
    }

    private static boolean isExif(ByteBuffer segment) {
        if (segment.remaining() < EXIF.length) {
            return false;
        }
        byte[] start = new byte[EXIF.length];
        segment.get(start);
        return Arrays.equals(start, EXIF);
    }

    /** @param tiff from its byte order mark on */
    private static ExifOrientation read(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            if ((tiff.getShort(entry) & 0xffff) == TAG && tiff.getShort(entry + 2) == TYPE_SHORT) {
                int value = tiff.getShort(entry + 8) & 0xffff;
                return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
            }
        }
        return UPRIGHT;
    }
}
