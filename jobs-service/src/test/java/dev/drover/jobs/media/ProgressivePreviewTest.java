package dev.drover.jobs.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.VariantName;

class ProgressivePreviewTest {

    /** How a frame of a progressive JPEG begins (ISO/IEC 10918-1, SOF2). */
    private static final String PROGRESSIVE = "\u00ff\u00c2\u0000\u0011";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPreviewIsProgressiveWhereItIsAskedFor(boolean progressive) throws IOException {
        assertThat(isProgressive(VariantName.PREVIEW, progressive)).isEqualTo(progressive);
    }

    @Test
    void anAvatarNeverIs() throws IOException {
        assertThat(isProgressive(VariantName.AVATAR64, true)).isFalse();
    }

    private static boolean isProgressive(VariantName variant, boolean asked) throws IOException {
        BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        byte[] jpeg = Renditions.of(image, ExifOrientation.UPRIGHT, MediaPurpose.AVATAR, asked).stream()
                .filter(rendition -> rendition.name() == variant)
                .findFirst()
                .orElseThrow()
                .jpeg();
        return new String(jpeg, StandardCharsets.ISO_8859_1).contains(PROGRESSIVE);
    }
}
