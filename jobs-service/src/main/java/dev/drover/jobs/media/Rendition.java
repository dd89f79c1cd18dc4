package dev.drover.jobs.media;

import dev.drover.platform.medialedger.MediaVariant;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.Sha256;

/** A variant of an image with its bytes, a JPEG without metadata. */
record Rendition(VariantName name, int width, int height, byte[] jpeg) {

    static final String TYPE = "image/jpeg";

    ExactContent content() {
        return new ExactContent(jpeg.length, TYPE, Sha256.of(jpeg));
    }

    MediaVariant toVariant() {
        return new MediaVariant(name, TYPE, jpeg.length, width, height);
    }
}
