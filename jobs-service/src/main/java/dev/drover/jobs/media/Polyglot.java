package dev.drover.jobs.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whether a picture is a second thing at the same time: an archive behind it, a document or a page in its head, a script anywhere. Such
 * files are made to be taken for the one here and for the other elsewhere. Bytes behind a picture alone are no reason: cameras put some.
 */
final class Polyglot {

    /** Where readers of PDF look for its head, and of HTML for a tag. */
    private static final int HEAD_BYTES = 1_024;

    private static final byte[] END_OF_ARCHIVE = {'P', 'K', 5, 6};
    private static final int END_OF_ARCHIVE_BYTES = 22;
    private static final int COMMENT_BYTES_MAX = 65_535;

    private static final List<String> DOCUMENTS = List.of("%pdf-", "<html", "<!doctype", "<svg", "<?php");
    private static final String SCRIPT = "<script";

    private Polyglot() {}

    static boolean isOne(byte[] picture) {
        return DOCUMENTS.stream().anyMatch(sign -> find(picture, sign, HEAD_BYTES))
                || find(picture, SCRIPT, picture.length)
                || endsAsArchive(picture);
    }

    /** @param sign in lower case */
    private static boolean find(byte[] bytes, String sign, int within) {
        byte[] wanted = sign.getBytes(StandardCharsets.US_ASCII);
        int last = Math.min(bytes.length, within) - wanted.length;
        for (int at = 0; at <= last; at++) {
            if (bytes[at] == wanted[0] && continues(bytes, at, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean continues(byte[] bytes, int at, byte[] wanted) {
        for (int i = 1; i < wanted.length; i++) {
            int letter = bytes[at + i];
            if ((letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** A ZIP is read from its end: a record there, followed by a comment of the length it says. */
    private static boolean endsAsArchive(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int first = Math.max(0, bytes.length - END_OF_ARCHIVE_BYTES - COMMENT_BYTES_MAX);
        for (int at = bytes.length - END_OF_ARCHIVE_BYTES; at >= first; at--) {
            if (bytes[at] == END_OF_ARCHIVE[0]
                    && ByteBuffer.wrap(bytes, at, END_OF_ARCHIVE.length).equals(ByteBuffer.wrap(END_OF_ARCHIVE))
                    && at + END_OF_ARCHIVE_BYTES + (file.getShort(at + END_OF_ARCHIVE_BYTES - 2) & 0xffff)
                            <= bytes.length) {
                return true;
            }
        }
        return false;
    }
}
