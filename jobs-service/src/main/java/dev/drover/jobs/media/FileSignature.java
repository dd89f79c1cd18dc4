package dev.drover.jobs.media;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Judges by a file's first bytes whether it can be of the type it was announced as. A type without a signature is taken as announced. */
final class FileSignature {

    /** As many bytes as are looked at. */
    static final int HEAD_BYTES = 4_096;

    private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ff");
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a");
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZIP = HexFormat.of().parseHex("504b0304");
    private static final byte[] EMPTY_ZIP = HexFormat.of().parseHex("504b0506");

    private FileSignature() {}

    static boolean matches(String contentType, byte[] head) {
        return switch (contentType) {
            case "image/jpeg" -> startsWith(head, JPEG);
            case "image/png" -> startsWith(head, PNG);
            case "application/pdf" -> startsWith(head, PDF);
            case "application/zip" -> startsWith(head, ZIP) || startsWith(head, EMPTY_ZIP);
            default -> !contentType.startsWith("text/") || isText(head);
        };
    }

    private static boolean startsWith(byte[] head, byte[] signature) {
        return head.length >= signature.length
                && ByteBuffer.wrap(head, 0, signature.length).equals(ByteBuffer.wrap(signature));
    }

    /** UTF-8 without control characters other than those of layout. A character cut off at the end of the head is fine. */
    private static boolean isText(byte[] head) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(head.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(head), text, head.length < HEAD_BYTES);
        return !result.isError() && text.flip().chars().noneMatch(FileSignature::isForeign);
    }

    private static boolean isForeign(int character) {
        return character < 0x20 && "\t\n\r\f".indexOf(character) < 0 || character == 0x7f;
    }
}
