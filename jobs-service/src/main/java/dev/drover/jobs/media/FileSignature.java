package dev.drover.jobs.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;

import dev.drover.platform.stateless.ProcessLocal;

/**
 * Judges by a file's first bytes whether it can be of the type it was announced as. What a type looks like is Apache Tika's knowledge; a
 * type without a signature is taken as announced.
 */
final class FileSignature {

    /** As many bytes as are looked at. */
    static final int HEAD_BYTES = 65_536;

    @ProcessLocal(because = "signatures read from the class path at start; they never change")
    private static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes(FileSignature.class.getClassLoader());

    /** What a browser would run; never taken for plain text, although it is. */
    private static final Set<String> ACTIVE =
            Set.of("text/html", "application/xhtml+xml", "image/svg+xml", "application/javascript", "text/javascript");

    private FileSignature() {}

    static boolean matches(String contentType, byte[] head) {
        if (contentType.equals(MimeTypes.OCTET_STREAM)) {
            return true;
        }
        String found = detect(head);
        if (contentType.startsWith("text/")) {
            return isText(head) && (contentType.equals(found) || !ACTIVE.contains(found));
        }
        return !hasSignature(contentType)
                || contentType.equals(found)
                || TYPES.getMediaTypeRegistry().isInstanceOf(MediaType.parse(found), MediaType.parse(contentType));
    }

    private static String detect(byte[] head) {
        try {
            return TYPES.detect(new ByteArrayInputStream(head), new Metadata()).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory do not fail", e);
        }
    }

    private static boolean hasSignature(String contentType) {
        try {
            return TYPES.forName(contentType).hasMagic();
        } catch (MimeTypeException e) {
            return false;
        }
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
