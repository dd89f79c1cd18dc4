package dev.drover.jobs.media;

import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;

/** Who decodes which pictures: the JDK, and TwelveMonkeys for WebP (ADR 0014). */
final class Readers {

    static final Set<String> TYPES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private Readers() {}

    /** Made here and not looked for on the class path, so that a native executable has it too. */
    static ImageReader of(String contentType) {
        return contentType.equals("image/webp")
                ? new WebPImageReaderSpi().createReaderInstance(null)
                : ImageIO.getImageReadersByMIMEType(contentType).next();
    }
}
