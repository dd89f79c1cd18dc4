package dev.drover.jobs.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.Sha256;

/** Real files, good, broken and hostile (M-6): each ends in an answer. */
class FileExaminerTest {

    private static final String JPEG = "image/jpeg";
    private static final String PNG = "image/png";
    private static final byte[] ADOBE_CMYK = HexFormat.of().parseHex("ffee000e41646f626500640000000000");

    private final FileExaminer examiner = new FileExaminer(50_000_000, 16 * 1024 * 1024, 2);

    @Test
    void anAvatarGetsTwoSquaresAndAPreview() throws Exception {
        List<Rendition> made = fit(JPEG, Pictures.jpeg(4_000, 3_000), MediaPurpose.AVATAR);

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
        assertThat(fit(PNG, Pictures.png(30, 2_000), MediaPurpose.FILE))
                .extracting(Rendition::name, Rendition::width, Rendition::height)
                .containsExactly(tuple(VariantName.PREVIEW, 15, 1_024));
    }

    @Test
    void aSmallPictureIsNotEnlargedButForTheAvatar() throws Exception {
        assertThat(fit(PNG, Pictures.png(10, 6), MediaPurpose.AVATAR))
                .extracting(Rendition::width, Rendition::height)
                .containsExactly(tuple(64, 64), tuple(256, 256), tuple(10, 6));
    }

    @Test
    void theSameFileGivesTheSameBytes() throws Exception {
        byte[] picture = Pictures.jpeg(1_500, 900);

        List<Rendition> first = fit(JPEG, picture, MediaPurpose.AVATAR);
        List<Rendition> second = fit(JPEG, picture, MediaPurpose.AVATAR);

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

        Rendition preview = fit(JPEG, picture, MediaPurpose.FILE).getFirst();

        boolean swapped = orientation >= 5;
        assertThat(preview.width()).isEqualTo(swapped ? 683 : 1_024);
        assertThat(preview.height()).isEqualTo(swapped ? 1_024 : 683);
        assertQuarters(Pictures.decode(preview.jpeg()), color(tl), color(tr), color(bl), color(br));
    }

    @Test
    void variantsCarryNoMetadata() throws Exception {
        byte[] picture = Pictures.withOrientation(Pictures.jpeg(100, 100), 6);

        byte[] preview = fit(JPEG, picture, MediaPurpose.FILE).getFirst().jpeg();

        assertThat(new String(preview, StandardCharsets.ISO_8859_1)).doesNotContain("Exif");
    }

    @Test
    void whatIsTransparentBecomesWhite() throws Exception {
        byte[] preview = fit(PNG, Pictures.transparentPng(50, 50), MediaPurpose.FILE)
                .getFirst()
                .jpeg();

        assertThat(new Color(Pictures.decode(preview).getRGB(25, 25))).isEqualTo(Color.WHITE);
    }

    @Test
    void aBombIsRefusedByItsHeader() throws Exception {
        assertThat(examine(PNG, Pictures.bomb(60_000, 60_000))).isEqualTo(refused(Unfit.TOO_MANY_PIXELS));
        assertThat(examine(PNG, Pictures.bomb(Integer.MAX_VALUE, Integer.MAX_VALUE)))
                .isEqualTo(refused(Unfit.TOO_MANY_PIXELS));
    }

    @Test
    void aHeaderThatPromisesMoreThanComesIsRefused() throws Exception {
        assertThat(examine(PNG, Pictures.bomb(6_000, 6_000))).isEqualTo(refused(Unfit.CORRUPT));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.3, 0.6, 0.95})
    void aTruncatedPictureIsRefused(double kept) throws Exception {
        for (var file :
                List.of(new Object[] {JPEG, Pictures.jpeg(800, 600)}, new Object[] {PNG, Pictures.png(800, 600)})) {
            byte[] whole = (byte[]) file[1];
            byte[] part = Arrays.copyOf(whole, Math.max(20, (int) (whole.length * kept)));

            assertThat(examine((String) file[0], part))
                    .as("%s %s", file[0], kept)
                    .isEqualTo(refused(Unfit.CORRUPT));
        }
    }

    @Test
    void noiseBehindASignatureIsRefused() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[2_000];
            random.nextBytes(noise);
            System.arraycopy(Pictures.jpeg(8, 8), 0, noise, 0, 4 + i % 40);

            assertThat(examine(JPEG, noise)).isInstanceOf(Examination.Refused.class);
        }
    }

    @Test
    void flippedBitsNeverEndInAnythingButAnAnswer() throws Exception {
        Random random = new Random(11);
        byte[] jpeg = Pictures.withOrientation(Pictures.jpeg(64, 48), 6);
        byte[] png = Pictures.png(64, 48);
        for (int i = 0; i < 500; i++) {
            assertThat(examine(JPEG, flipped(jpeg, random))).isNotNull();
            assertThat(examine(PNG, flipped(png, random))).isNotNull();
        }
    }

    @Test
    void aPictureOfFourInksIsRefusedClearly() throws Exception {
        byte[] unmarked = fourInks();
        byte[] marked = new byte[unmarked.length + ADOBE_CMYK.length];
        System.arraycopy(unmarked, 0, marked, 0, 2);
        System.arraycopy(ADOBE_CMYK, 0, marked, 2, ADOBE_CMYK.length);
        System.arraycopy(unmarked, 2, marked, 2 + ADOBE_CMYK.length, unmarked.length - 2);

        assertThat(examine(JPEG, unmarked)).isEqualTo(refused(Unfit.UNSUPPORTED_IMAGE));
        assertThat(examine(JPEG, marked)).isEqualTo(refused(Unfit.UNSUPPORTED_IMAGE));
    }

    @ParameterizedTest
    @CsvSource({
        "image/jpeg, <svg onload='alert(1)'>",
        "image/png, GIF89a",
        "application/pdf, <html>",
        "application/zip, %PDF-1.7",
        "text/plain, a\u0000b"
    })
    void whatIsNotWhatItClaimsToBeIsRefused(String contentType, String content) throws Exception {
        assertThat(examine(contentType, content.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(refused(Unfit.TYPE_MISMATCH));
    }

    @Test
    void aJpegAnnouncedAsTextOrPngIsRefused() throws Exception {
        byte[] jpeg = Pictures.jpeg(20, 20);

        assertThat(examine("text/plain", jpeg)).isEqualTo(refused(Unfit.TYPE_MISMATCH));
        assertThat(examine(PNG, jpeg)).isEqualTo(refused(Unfit.TYPE_MISMATCH));
    }

    @Test
    void filesThatAreNoImagesAreReadyWithoutVariants() throws Exception {
        assertThat(examine("application/pdf", "%PDF-1.7 ...".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new Examination.Fit(List.of()));
        assertThat(examine("text/plain", "Grüße\n".repeat(2_000).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Examination.Fit(List.of()));
        assertThat(examine("application/octet-stream", new byte[] {0, 1, 2})).isEqualTo(new Examination.Fit(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "image/webp, lossless.webp",
        "image/webp, lossy.webp",
        "image/webp, animated.webp",
        "image/gif, animated.gif"
    })
    void webpAndGifAreTakenAnimationsByTheirFirstFrame(String contentType, String file) throws Exception {
        List<Rendition> made = fit(contentType, Pictures.file(file), MediaPurpose.AVATAR);

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
        byte[] preview = fit("image/webp", Pictures.file("alpha.webp"), MediaPurpose.FILE)
                .getFirst()
                .jpeg();

        assertThat(new Color(Pictures.decode(preview).getRGB(25, 25))).isEqualTo(Color.WHITE);
    }

    @Test
    void truncatedOrFlippedWebpAndGifAreAnsweredAndNeverThrow() throws Exception {
        Random random = new Random(13);
        for (String file : List.of("lossless.webp", "lossy.webp", "animated.webp", "animated.gif")) {
            String contentType = file.endsWith("gif") ? "image/gif" : "image/webp";
            byte[] whole = Pictures.file(file);
            for (int i = 0; i < 100; i++) {
                assertThat(examine(contentType, flipped(whole, random))).isNotNull();
            }
            assertThat(examine(contentType, Arrays.copyOf(whole, whole.length / 3)))
                    .as(file)
                    .isInstanceOf(Examination.Refused.class);
        }
    }

    @Test
    void aGifOrWebpThatAnnouncesTooManyPixelsIsRefusedByItsHeader() throws Exception {
        byte[] gif = Pictures.file("animated.gif");
        // The size of the first frame, behind screen, colours and two extensions.
        int frame = new String(gif, StandardCharsets.ISO_8859_1).indexOf("\u0000,") + 1;
        ByteBuffer.wrap(gif)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(frame + 5, (short) 65_000)
                .putShort(frame + 7, (short) 65_000);
        ByteBuffer.wrap(gif)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(6, (short) 65_000)
                .putShort(8, (short) 65_000);
        assertThat(examine("image/gif", gif)).isEqualTo(refused(Unfit.TOO_MANY_PIXELS));

        byte[] webp = Pictures.file("lossless.webp");
        // VP8L: 14 bits of width and of height behind the signature byte.
        ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).putInt(21, 0x0fff_ffff);
        assertThat(examine("image/webp", webp)).isEqualTo(refused(Unfit.TOO_MANY_PIXELS));
    }

    @Test
    void aPictureThatIsASecondThingIsRefused() throws Exception {
        byte[] archive = Pictures.zip("evil.txt", "x".repeat(1_000));
        assertThat(examine(JPEG, joined(Pictures.jpeg(60, 40), archive))).isEqualTo(refused(Unfit.POLYGLOT));
        assertThat(examine(PNG, joined(Pictures.png(60, 40), archive))).isEqualTo(refused(Unfit.POLYGLOT));
        assertThat(examine(
                        PNG,
                        joined(Pictures.png(60, 40), "<ScRiPt>alert(1)</script>".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(refused(Unfit.POLYGLOT));
        byte[] comment = "<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII);
        assertThat(examine(JPEG, Pictures.withComment(Pictures.jpeg(60, 40), comment)))
                .isEqualTo(refused(Unfit.POLYGLOT));
        assertThat(examine(
                        JPEG,
                        Pictures.withComment(Pictures.jpeg(60, 40), "%PDF-1.4".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(refused(Unfit.POLYGLOT));
        // What cameras put behind a picture is no reason.
        assertThat(examine(JPEG, joined(Pictures.jpeg(60, 40), new byte[5_000])))
                .isInstanceOf(Examination.Fit.class);
    }

    @Test
    void anSvgWithAScriptIsNeitherAPictureNorPlainText() throws Exception {
        byte[] svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"
                .getBytes(StandardCharsets.US_ASCII);

        assertThat(examine(PNG, svg)).isEqualTo(refused(Unfit.TYPE_MISMATCH));
        assertThat(examine("text/plain", svg)).isEqualTo(refused(Unfit.TYPE_MISMATCH));
        assertThat(examine(
                        "text/plain",
                        "<!DOCTYPE html><html><body>hi</body></html>".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(refused(Unfit.TYPE_MISMATCH));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] flipped(byte[] file, Random random) {
        byte[] flipped = file.clone();
        for (int i = 0; i < 3; i++) {
            flipped[8 + random.nextInt(flipped.length - 8)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] fourInks() throws Exception {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 32, 32, 4, null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(raster, null, null), null);
        }
        return bytes.toByteArray();
    }

    private List<Rendition> fit(String contentType, byte[] bytes, MediaPurpose purpose) throws Exception {
        Examination examination =
                examiner.examine(media(contentType, bytes, purpose), new ByteArrayInputStream(bytes), false);
        assertThat(examination).isInstanceOf(Examination.Fit.class);
        return ((Examination.Fit) examination).renditions();
    }

    private Examination examine(String contentType, byte[] bytes) throws Exception {
        return examiner.examine(
                media(contentType, bytes, MediaPurpose.FILE), new ByteArrayInputStream(bytes), false);
    }

    private static NewMedia media(String contentType, byte[] bytes, MediaPurpose purpose) {
        String owner = "usr_examiner";
        return new NewMedia(
                MediaId.of(owner, Ids.derive("file")),
                owner,
                "file",
                new ExactContent(bytes.length, contentType, Sha256.of(bytes)),
                purpose);
    }

    private static Examination refused(Unfit reason) {
        return new Examination.Refused(reason);
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
