package dev.drover.jobs.media;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * An opaque picture in memory, one int {@code 0xRRGGBB} per pixel. Scaling is by area: each pixel is the mean of what it covers, so fine
 * lines do not flicker, and no native drawing library is needed.
 */
record Pixels(int width, int height, int[] rgb) {

    private static final int CHANNELS = 3;

    /** The part of an image in another size, on white where the image lets something through. */
    static Pixels scale(BufferedImage image, Rectangle part, int width, int height) {
        float[] sums = new float[width * height * CHANNELS];
        int[] line = new int[part.width];
        float[] narrowed = new float[width * CHANNELS];
        double rowScale = (double) height / part.height;
        for (int y = 0; y < part.height; y++) {
            image.getRGB(part.x, part.y + y, part.width, 1, line, 0, part.width);
            narrow(line, narrowed);
            double top = y * rowScale;
            double bottom = (y + 1) * rowScale;
            for (int row = (int) top; row < Math.min(height, Math.ceil(bottom)); row++) {
                float share = (float) (Math.min(bottom, row + 1) - Math.max(top, row));
                add(narrowed, share, sums, row * narrowed.length);
            }
        }
        return new Pixels(width, height, pack(sums));
    }

    private static void narrow(int[] line, float[] narrowed) {
        Arrays.fill(narrowed, 0);
        int width = narrowed.length / CHANNELS;
        double scale = (double) width / line.length;
        for (int x = 0; x < line.length; x++) {
            double left = x * scale;
            double right = (x + 1) * scale;
            int argb = line[x];
            for (int column = (int) left; column < Math.min(width, Math.ceil(right)); column++) {
                float share = (float) (Math.min(right, column + 1) - Math.max(left, column));
                for (int channel = 0; channel < CHANNELS; channel++) {
                    narrowed[column * CHANNELS + channel] += share * onWhite(argb, channel);
                }
            }
        }
    }

    private static float onWhite(int argb, int channel) {
        int alpha = argb >>> 24;
        int value = argb >> (16 - 8 * channel) & 0xff;
        return alpha == 255 ? value : (value * alpha + 255 * (255 - alpha)) / 255f;
    }

    private static void add(float[] from, float share, float[] to, int offset) {
        for (int i = 0; i < from.length; i++) {
            to[offset + i] += share * from[i];
        }
    }

    private static int[] pack(float[] sums) {
        int[] rgb = new int[sums.length / CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            int packed = 0;
            for (int channel = 0; channel < CHANNELS; channel++) {
                packed = packed << 8 | Math.clamp(Math.round(sums[i * CHANNELS + channel]), 0, 255);
            }
            rgb[i] = packed;
        }
        return rgb;
    }

    /** The picture as it is to be seen. */
    Pixels upright(ExifOrientation orientation) {
        if (orientation == ExifOrientation.UPRIGHT) {
            return this;
        }
        int newWidth = orientation.swapsSides() ? height : width;
        int newHeight = orientation.swapsSides() ? width : height;
        int[] turned = new int[rgb.length];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                turned[y * newWidth + x] = rgb[source(orientation, x, y)];
            }
        }
        return new Pixels(newWidth, newHeight, turned);
    }

    /** Where the pixel that is seen at this place is stored. */
    private int source(ExifOrientation orientation, int x, int y) {
        int right = width - 1;
        int bottom = height - 1;
        return switch (orientation) {
            case UPRIGHT -> at(x, y);
            case MIRRORED -> at(right - x, y);
            case TURNED_180 -> at(right - x, bottom - y);
            case MIRRORED_TURNED_180 -> at(x, bottom - y);
            case TRANSPOSED -> at(y, x);
            case TURNED_90 -> at(y, bottom - x);
            case TRANSVERSED -> at(right - y, bottom - x);
            case TURNED_270 -> at(right - y, x);
        };
    }

    private int at(int x, int y) {
        return y * width + x;
    }

    BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.getRaster().setDataElements(0, 0, width, height, rgb);
        return image;
    }
}
