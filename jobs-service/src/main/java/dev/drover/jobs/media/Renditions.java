package dev.drover.jobs.media;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.VariantName;

/** Makes the variants of a picture. The same picture gives the same bytes, so a second run overwrites the first with its like. */
final class Renditions {

    static final int AVATAR_LARGE = 256;
    static final int AVATAR_SMALL = 64;
    static final int PREVIEW = 1_024;

    private static final float QUALITY = 0.85f;

    private Renditions() {}

    /** @param progressive the preview shows as a whole at once and gets sharper while it loads */
    static List<Rendition> of(
            BufferedImage image, ExifOrientation orientation, MediaPurpose purpose, boolean progressive)
            throws IOException {
        List<Rendition> made = new ArrayList<>();
        if (purpose == MediaPurpose.AVATAR) {
            made.add(render(VariantName.AVATAR64, square(image, AVATAR_SMALL), orientation, false));
            made.add(render(VariantName.AVATAR256, square(image, AVATAR_LARGE), orientation, false));
        }
        made.add(render(VariantName.PREVIEW, fitted(image), orientation, progressive));
        return made;
    }

    /** The middle of the picture. */
    private static Pixels square(BufferedImage image, int side) {
        int edge = Math.min(image.getWidth(), image.getHeight());
        Rectangle middle = new Rectangle((image.getWidth() - edge) / 2, (image.getHeight() - edge) / 2, edge, edge);
        return Pixels.scale(image, middle, side, side);
    }

    /** All of it, never enlarged. */
    private static Pixels fitted(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        double scale = Math.min(1.0, (double) PREVIEW / Math.max(width, height));
        return Pixels.scale(
                image, new Rectangle(width, height), Math.max(1, (int) Math.round(width * scale)), Math.max(1, (int)
                        Math.round(height * scale)));
    }

    private static Rendition render(VariantName name, Pixels pixels, ExifOrientation orientation, boolean progressive)
            throws IOException {
        Pixels upright = pixels.upright(orientation);
        return new Rendition(name, upright.width(), upright.height(), encode(upright.toImage(), progressive));
    }

    private static byte[] encode(BufferedImage image, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByMIMEType(Rendition.TYPE).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
