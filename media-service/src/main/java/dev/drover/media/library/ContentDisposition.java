package dev.drover.media.library;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * How a browser is told to treat a download (RFC 6266): pictures are shown, everything else is saved. The name is given twice, plain for
 * old clients and in full by RFC 8187; nothing in it can leave its place.
 */
record ContentDisposition(boolean inline, String fileName) {

    private static final int CHARACTERS_MAX = 100;
    private static final int ENDING_MAX = 20;

    /** Looked into by the pipeline and run by no browser. */
    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png", "image/webp", "image/gif");

    private static final String UNENCODED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~";

    static ContentDisposition of(String contentType, String fileName) {
        return new ContentDisposition(PICTURES.contains(contentType), shortened(fileName));
    }

    /** What is long is kept at its beginning and its ending: it goes encoded into a URL, and stores bound those. */
    private static String shortened(String name) {
        int[] characters = name.codePoints().toArray();
        if (characters.length <= CHARACTERS_MAX) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot);
        int endingLength = ending.codePointCount(0, ending.length());
        return endingLength > ENDING_MAX
                ? new String(characters, 0, CHARACTERS_MAX)
                : new String(characters, 0, CHARACTERS_MAX - endingLength) + ending;
    }

    String header() {
        return (inline ? "inline" : "attachment") + "; filename=\"" + plain() + "\"; filename*=UTF-8''" + encoded();
    }

    private String plain() {
        StringBuilder plain = new StringBuilder();
        fileName.codePoints()
                .map(character ->
                        character < 0x20 || character > 0x7e || "\"\\/%;".indexOf(character) >= 0 ? '_' : character)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private String encoded() {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : fileName.getBytes(StandardCharsets.UTF_8)) {
            if (octet > 0 && UNENCODED.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", octet & 0xff));
            }
        }
        return encoded.toString();
    }
}
