package dev.drover.jobs.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.VariantName;

/** Real files that are fit: what is made of them. Those that are broken or hostile: {@link HostileFileTest}. */
class FileExaminerTest {

    private static final String JPEG = "image/jpeg";
    private static final String PNG = "image/png";

    @Test
    void anAvatarGetsTwoSquaresAndAPreview() throws Exception {
        List<Rendition> made = Examining.fit(JPEG, Pictures.jpeg(4_000, 3_000), MediaPurpose.AVATAR);

        assertThat(made)
                .extracting(Rendition::name, Rendition::width, Rendition::height)
                .containsExactly(
                        tuple(VariantName.AVATAR64, 64, 64),
                        tuple(VariantName.AVATAR256, 256, 256),
                        tuple(VariantName.PREVIEW, 1_024, 768));
        for (Rendition rendition : made) {
            BufferedImage image = Pictures.decode(rendition.jpeg());
            assertThat(image.getWidth()).isEqualTo(rendition.width());
            assertThat(image.getHeight()).isEqualTo(rendition.height());
            assertQuarters(image, Pictures.TOP_LEFT, Pictures.TOP_RIGHT, Pictures.BOTTOM_LEFT, Pictures.BOTTOM_RIGHT);
        }
    }

    @Test
    void aFileGetsAPreviewOnly() throws Exception {
        assertThat(Examining.fit(PNG, Pictures.png(30, 2_000), MediaPurpose.FILE))
                .extracting(Rendition::name, Rendition::width, Rendition::height)
                .containsExactly(tuple(VariantName.PREVIEW, 15, 1_024));
    }

    @Test
    void aSmallPictureIsNotEnlargedButForTheAvatar() throws Exception {
        assertThat(Examining.fit(PNG, Pictures.png(10, 6), MediaPurpose.AVATAR))
                .extracting(Rendition::width, Rendition::height)
                .containsExactly(tuple(64, 64), tuple(256, 256), tuple(10, 6));
    }

    @Test
    void theSameFileGivesTheSameBytes() throws Exception {
        byte[] picture = Pictures.jpeg(1_500, 900);

        List<Rendition> first = Examining.fit(JPEG, picture, MediaPurpose.AVATAR);
        List<Rendition> second = Examining.fit(JPEG, picture, MediaPurpose.AVATAR);

        for (int i = 0; i < first.size(); i++) {
            assertThat(first.get(i).jpeg()).isEqualTo(second.get(i).jpeg());
        }
    }

    @ParameterizedTest(name = "orientation {0}")
    @CsvSource({
        "1, TL, TR, BL, BR", "2, TR, TL, BR, BL", "3, BR, BL, TR, TL", "4, BL, BR, TL, TR",
        "5, TL, BL, TR, BR", "6, BL, TL, BR, TR", "7, BR, TR, BL, TL", "8, TR, BR, TL, BL"
    })
    void theWayTheCameraWasHeldIsRespected(int orientation, String tl, String tr, String bl, String br)
            throws Exception {
        byte[] picture = Pictures.withOrientation(Pictures.jpeg(1_200, 800), orientation);

        Rendition preview = Examining.fit(JPEG, picture, MediaPurpose.FILE).getFirst();

        boolean swapped = orientation >= 5;
        assertThat(preview.width()).isEqualTo(swapped ? 683 : 1_024);
        assertThat(preview.height()).isEqualTo(swapped ? 1_024 : 683);
        assertQuarters(Pictures.decode(preview.jpeg()), color(tl), color(tr), color(bl), color(br));
    }

    @Test
    void variantsCarryNoMetadata() throws Exception {
        byte[] picture = Pictures.withOrientation(Pictures.jpeg(100, 100), 6);

        byte[] preview =
                Examining.fit(JPEG, picture, MediaPurpose.FILE).getFirst().jpeg();

        assertThat(new String(preview, StandardCharsets.ISO_8859_1)).doesNotContain("Exif");
    }

    @Test
    void whatIsTransparentBecomesWhite() throws Exception {
        byte[] preview = Examining.fit(PNG, Pictures.transparentPng(50, 50), MediaPurpose.FILE)
                .getFirst()
                .jpeg();

        assertThat(new Color(Pictures.decode(preview).getRGB(25, 25))).isEqualTo(Color.WHITE);
    }

    @Test
    void filesThatAreNoImagesAreReadyWithoutVariants() throws Exception {
        assertThat(Examining.examine("application/pdf", "%PDF-1.7 ...".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new Examination.Fit(List.of()));
        assertThat(Examining.examine("text/plain", "Grüße\n".repeat(2_000).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Examination.Fit(List.of()));
        assertThat(Examining.examine("application/octet-stream", new byte[] {0, 1, 2}))
                .isEqualTo(new Examination.Fit(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "image/webp, lossless.webp",
        "image/webp, lossy.webp",
        "image/webp, animated.webp",
        "image/gif, animated.gif"
    })
    void webpAndGifAreTakenAnimationsByTheirFirstFrame(String contentType, String file) throws Exception {
        List<Rendition> made = Examining.fit(contentType, Pictures.file(file), MediaPurpose.AVATAR);

        assertThat(made)
                .extracting(Rendition::name)
                .containsExactly(VariantName.AVATAR64, VariantName.AVATAR256, VariantName.PREVIEW);
        for (Rendition rendition : made) {
            assertThat(rendition.content().contentType()).isEqualTo(JPEG);
            assertQuarters(
                    Pictures.decode(rendition.jpeg()),
                    Pictures.TOP_LEFT,
                    Pictures.TOP_RIGHT,
                    Pictures.BOTTOM_LEFT,
                    Pictures.BOTTOM_RIGHT);
        }
    }

    @Test
    void aWebpThatLetsThroughBecomesWhite() throws Exception {
        byte[] preview = Examining.fit("image/webp", Pictures.file("alpha.webp"), MediaPurpose.FILE)
                .getFirst()
                .jpeg();

        assertThat(new Color(Pictures.decode(preview).getRGB(25, 25))).isEqualTo(Color.WHITE);
    }

    private static Color color(String corner) {
        return switch (corner) {
            case "TL" -> Pictures.TOP_LEFT;
            case "TR" -> Pictures.TOP_RIGHT;
            case "BL" -> Pictures.BOTTOM_LEFT;
            case "BR" -> Pictures.BOTTOM_RIGHT;
            default -> throw new IllegalArgumentException(corner);
        };
    }

    private static void assertQuarters(BufferedImage image, Color tl, Color tr, Color bl, Color br) {
        int w = image.getWidth();
        int h = image.getHeight();
        assertLike(image, w / 4, h / 4, tl);
        assertLike(image, 3 * w / 4, h / 4, tr);
        assertLike(image, w / 4, 3 * h / 4, bl);
        assertLike(image, 3 * w / 4, 3 * h / 4, br);
    }

    private static void assertLike(BufferedImage image, int x, int y, Color expected) {
        Color actual = new Color(image.getRGB(x, y));
        int distance = Math.abs(actual.getRed() - expected.getRed())
                + Math.abs(actual.getGreen() - expected.getGreen())
                + Math.abs(actual.getBlue() - expected.getBlue());
        assertThat(distance).as("%s is like %s", actual, expected).isLessThan(30);
    }
}
