package dev.drover.jobs.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
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

/** Files that are broken, hostile or something else than they claim to be (M-6): each ends in an answer. */
class HostileFileTest {

    private static final String JPEG = "image/jpeg";
    private static final String PNG = "image/png";
    private static final byte[] ADOBE_CMYK = HexFormat.of().parseHex("ffee000e41646f626500640000000000");

    @Test
    void aBombIsRefusedByItsHeader() throws Exception {
        assertThat(Examining.examine(PNG, Pictures.bomb(60_000, 60_000))).isEqualTo(refused(Unfit.TOO_MANY_PIXELS));
        assertThat(Examining.examine(PNG, Pictures.bomb(Integer.MAX_VALUE, Integer.MAX_VALUE)))
                .isEqualTo(refused(Unfit.TOO_MANY_PIXELS));
    }

    @Test
    void aHeaderThatPromisesMoreThanComesIsRefused() throws Exception {
        assertThat(Examining.examine(PNG, Pictures.bomb(6_000, 6_000))).isEqualTo(refused(Unfit.CORRUPT));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.3, 0.6, 0.95})
    void aTruncatedPictureIsRefused(double kept) throws Exception {
        for (var file :
                List.of(new Object[] {JPEG, Pictures.jpeg(800, 600)}, new Object[] {PNG, Pictures.png(800, 600)})) {
            byte[] whole = (byte[]) file[1];
            byte[] part = Arrays.copyOf(whole, Math.max(20, (int) (whole.length * kept)));

            assertThat(Examining.examine((String) file[0], part))
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

            assertThat(Examining.examine(JPEG, noise)).isInstanceOf(Examination.Refused.class);
        }
    }

    @Test
    void flippedBitsNeverEndInAnythingButAnAnswer() throws Exception {
        Random random = new Random(11);
        byte[] jpeg = Pictures.withOrientation(Pictures.jpeg(64, 48), 6);
        byte[] png = Pictures.png(64, 48);
        for (int i = 0; i < 500; i++) {
            assertThat(Examining.examine(JPEG, flipped(jpeg, random))).isNotNull();
            assertThat(Examining.examine(PNG, flipped(png, random))).isNotNull();
        }
    }

    @Test
    void aPictureOfFourInksIsRefusedClearly() throws Exception {
        byte[] unmarked = fourInks();
        byte[] marked = new byte[unmarked.length + ADOBE_CMYK.length];
        System.arraycopy(unmarked, 0, marked, 0, 2);
        System.arraycopy(ADOBE_CMYK, 0, marked, 2, ADOBE_CMYK.length);
        System.arraycopy(unmarked, 2, marked, 2 + ADOBE_CMYK.length, unmarked.length - 2);

        assertThat(Examining.examine(JPEG, unmarked)).isEqualTo(refused(Unfit.UNSUPPORTED_IMAGE));
        assertThat(Examining.examine(JPEG, marked)).isEqualTo(refused(Unfit.UNSUPPORTED_IMAGE));
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
        assertThat(Examining.examine(contentType, content.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(refused(Unfit.TYPE_MISMATCH));
    }

    @Test
    void aJpegAnnouncedAsTextOrPngIsRefused() throws Exception {
        byte[] jpeg = Pictures.jpeg(20, 20);

        assertThat(Examining.examine("text/plain", jpeg)).isEqualTo(refused(Unfit.TYPE_MISMATCH));
        assertThat(Examining.examine(PNG, jpeg)).isEqualTo(refused(Unfit.TYPE_MISMATCH));
    }

    @Test
    void truncatedOrFlippedWebpAndGifAreAnsweredAndNeverThrow() throws Exception {
        Random random = new Random(13);
        for (String file : List.of("lossless.webp", "lossy.webp", "animated.webp", "animated.gif")) {
            String contentType = file.endsWith("gif") ? "image/gif" : "image/webp";
            byte[] whole = Pictures.file(file);
            for (int i = 0; i < 100; i++) {
                assertThat(Examining.examine(contentType, flipped(whole, random)))
                        .isNotNull();
            }
            assertThat(Examining.examine(contentType, Arrays.copyOf(whole, whole.length / 3)))
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
        assertThat(Examining.examine("image/gif", gif)).isEqualTo(refused(Unfit.TOO_MANY_PIXELS));

        byte[] webp = Pictures.file("lossless.webp");
        // VP8L: 14 bits of width and of height behind the signature byte.
        ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).putInt(21, 0x0fff_ffff);
        assertThat(Examining.examine("image/webp", webp)).isEqualTo(refused(Unfit.TOO_MANY_PIXELS));
    }

    @Test
    void aPictureThatIsASecondThingIsRefused() throws Exception {
        byte[] archive = Pictures.zip("evil.txt", "x".repeat(1_000));
        assertThat(Examining.examine(JPEG, joined(Pictures.jpeg(60, 40), archive)))
                .isEqualTo(refused(Unfit.POLYGLOT));
        assertThat(Examining.examine(PNG, joined(Pictures.png(60, 40), archive)))
                .isEqualTo(refused(Unfit.POLYGLOT));
        assertThat(Examining.examine(
                        PNG,
                        joined(Pictures.png(60, 40), "<ScRiPt>alert(1)</script>".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(refused(Unfit.POLYGLOT));
        byte[] comment = "<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII);
        assertThat(Examining.examine(JPEG, Pictures.withComment(Pictures.jpeg(60, 40), comment)))
                .isEqualTo(refused(Unfit.POLYGLOT));
        assertThat(Examining.examine(
                        JPEG,
                        Pictures.withComment(Pictures.jpeg(60, 40), "%PDF-1.4".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(refused(Unfit.POLYGLOT));
        // What cameras put behind a picture is no reason.
        assertThat(Examining.examine(JPEG, joined(Pictures.jpeg(60, 40), new byte[5_000])))
                .isInstanceOf(Examination.Fit.class);
    }

    @Test
    void anSvgWithAScriptIsNeitherAPictureNorPlainText() throws Exception {
        byte[] svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"
                .getBytes(StandardCharsets.US_ASCII);

        assertThat(Examining.examine(PNG, svg)).isEqualTo(refused(Unfit.TYPE_MISMATCH));
        assertThat(Examining.examine("text/plain", svg)).isEqualTo(refused(Unfit.TYPE_MISMATCH));
        assertThat(Examining.examine(
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

    private static Examination refused(Unfit reason) {
        return new Examination.Refused(reason);
    }
}
