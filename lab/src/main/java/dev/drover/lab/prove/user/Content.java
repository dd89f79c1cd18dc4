package dev.drover.lab.prove.user;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

import io.vertx.core.json.JsonObject;

/** A real file of some type and size, like no other. */
record Content(String name, String type, byte[] bytes) {
    private static final int SIDE_MIN = 64;
    private static final int SIDE_MAX = 700;
    private static final int SMALL_BYTES_MAX = 8 << 10;
    private static final int LARGE_BYTES_MAX = 1 << 20;

    static {
        // Its cache would be files, and a hook at the end of the process.
        ImageIO.setUseCache(false);
    }

    static Content drawn(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Content("herd.jpg", "image/jpeg", picture(random, "jpeg"));
            case 1 -> new Content("herd.png", "image/png", picture(random, "png"));
            case 2 -> new Content("notes.txt", "text/plain", text(random));
            case 3 -> new Content("letter.pdf", "application/pdf", pdf(random));
            case 4 -> new Content("herd.zip", "application/zip", zip(random));
            default -> new Content("herd.bin", "application/octet-stream", noise(random, LARGE_BYTES_MAX));
        };
    }

    /** What an upload of it is asked for with. */
    JsonObject announced() {
        return new JsonObject()
                .put("fileName", name)
                .put("contentType", type)
                .put("sizeBytes", bytes.length)
                .put("sha256", sha256())
                .put("purpose", "file");
    }

    String sha256() {
        return sha256(bytes);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private static byte[] picture(SplittableRandom random, String format) {
        int side = random.nextInt(SIDE_MIN, SIDE_MAX);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        int colour = random.nextInt();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                image.setRGB(x, y, colour ^ (x * y + x));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalStateException("this JDK writes no " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int lines = random.nextInt(1, 200);
        for (int line = 0; line < lines; line++) {
            text.append("The herd has moved ").append(random.nextLong()).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pdf(SplittableRandom random) {
        return ("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n% "
                        + random.nextLong() + "\ntrailer<</Root 1 0 R>>\n%%EOF\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] zip(SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("herd.bin"));
            zip.write(noise(random, SMALL_BYTES_MAX));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] noise(SplittableRandom random, int bytesMax) {
        byte[] noise = new byte[random.nextInt(1, bytesMax)];
        random.nextBytes(noise);
        return noise;
    }

    @Override
    public String toString() {
        return name + ", " + bytes.length + " bytes";
    }
}
