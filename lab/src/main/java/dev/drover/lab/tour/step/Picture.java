package dev.drover.lab.tour.step;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** A real JPEG, made here: a gradient under noise, so that it compresses as badly as a photograph. */
record Picture(int width, int height, byte[] jpeg) {

    private static final int NOISE = 48;

    static Picture paint(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        SplittableRandom random = new SplittableRandom(1);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = x * (256 - NOISE) / width + random.nextInt(NOISE);
                int green = y * (256 - NOISE) / height + random.nextInt(NOISE);
                int blue = (x + y) * (256 - NOISE) / (width + height) + random.nextInt(NOISE);
                row[x] = red << 16 | green << 8 | blue;
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, "jpeg", out)) {
                throw new IllegalStateException("this JDK writes no JPEG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Picture(width, height, out.toByteArray());
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jpeg));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    String describe() {
        return "%d × %d, %.1f MB".formatted(width, height, jpeg.length / 1e6);
    }
}
