package dev.drover.platform.medialedger;

/** A form of an image that was made from it. */
public record MediaVariant(VariantName name, String contentType, long sizeBytes, int width, int height) {

    public MediaVariant {
        if (name == VariantName.ORIGINAL) {
            throw new IllegalArgumentException("the original is no variant of itself");
        }
        if (sizeBytes < 1 || width < 1 || height < 1) {
            throw new IllegalArgumentException("a variant has bytes and pixels");
        }
    }
}
