package dev.drover.auth.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.junit.jupiter.api.Test;

class QrCodeTest {

    private static final int SCALE = 4;

    @Test
    void aReaderGetsTheTextBackFromThePicture() throws Exception {
        String uri = new TotpSecret(new byte[20]).uri("Drover", "ada@example.org");
        String svg = QrCode.svg(uri);
        Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(svg);
        assertThat(box.find()).isTrue();
        int size = Integer.parseInt(box.group(1));
        int[] pixels = new int[size * SCALE * size * SCALE];
        Arrays.fill(pixels, 0xffffff);
        Matcher module = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(svg);
        while (module.find()) {
            paint(pixels, size, Integer.parseInt(module.group(1)), Integer.parseInt(module.group(2)));
        }
        var picture = new RGBLuminanceSource(size * SCALE, size * SCALE, pixels);
        assertThat(new QRCodeReader()
                        .decode(
                                new BinaryBitmap(new HybridBinarizer(picture)),
                                Map.of(DecodeHintType.PURE_BARCODE, true))
                        .getText())
                .isEqualTo(uri);
    }

    private static void paint(int[] pixels, int size, int x, int y) {
        for (int dy = 0; dy < SCALE; dy++) {
            for (int dx = 0; dx < SCALE; dx++) {
                pixels[(y * SCALE + dy) * size * SCALE + x * SCALE + dx] = 0;
            }
        }
    }
}
