package dev.drover.jobs.media;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Real image files, made as they are needed. */
final class Pictures {

    static final Color TOP_LEFT = Color.RED;
    static final Color TOP_RIGHT = Color.GREEN;
    static final Color BOTTOM_LEFT = Color.BLUE;
    static final Color BOTTOM_RIGHT = Color.YELLOW;

    private Pictures() {}

    /** Four quarters of different colours, so that one sees which way is up. */
    static byte[] jpeg(int width, int height) {
        return encode(quarters(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
    }

    static byte[] png(int width, int height) {
        return encode(quarters(width, height, BufferedImage.TYPE_INT_RGB), "png");
    }

    static byte[] transparentPng(int width, int height) {
        return encode(new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB), "png");
    }

    /** The JPEG as a camera writes it that was held so. */
    static byte[] withOrientation(byte[] jpeg, int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(26);
        tiff.putShort((short) 0x4d4d).putShort((short) 42).putInt(8);
        tiff.putShort((short) 1);
        tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
        tiff.putShort((short) orientation).putShort((short) 0);
        tiff.putInt(0);
        byte[] name = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + 4 + name.length + tiff.capacity());
        file.put(jpeg, 0, 2);
        file.putShort((short) 0xffe1).putShort((short) (2 + name.length + tiff.capacity()));
        file.put(name).put(tiff.array());
        file.put(jpeg, 2, jpeg.length - 2);
        return file.array();
    }

    /** A PNG whose header announces more pixels than anyone has memory for; its data is of a few bytes. */
    static byte[] bomb(int width, int height) {
        byte[] png = png(8, 8);
        ByteBuffer file = ByteBuffer.wrap(png);
        file.putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        file.putInt(29, (int) crc.getValue());
        return png;
    }

    /** One of {@code src/test/resources/pictures}: four quarters like the others; of animations the second frame is turned around. */
    static byte[] file(String name) {
        try (InputStream file = Pictures.class.getResourceAsStream("/pictures/" + name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JPEG with a comment in its head. */
    static byte[] withComment(byte[] jpeg, byte[] comment) {
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + 4 + comment.length);
        file.put(jpeg, 0, 2)
                .putShort((short) 0xfffe)
                .putShort((short) (2 + comment.length))
                .put(comment);
        file.put(jpeg, 2, jpeg.length - 2);
        return file.array();
    }

    static byte[] zip(String name, String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static BufferedImage decode(byte[] bytes) {
        try {
            return ImageIO.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage quarters(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean left = x < width / 2;
                boolean top = y < height / 2;
                Color color = top ? left ? TOP_LEFT : TOP_RIGHT : left ? BOTTOM_LEFT : BOTTOM_RIGHT;
                image.setRGB(x, y, color.getRGB());
            }
        }
        return image;
    }

    private static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
