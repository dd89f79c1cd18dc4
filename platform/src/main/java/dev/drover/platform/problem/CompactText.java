package dev.drover.platform.problem;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes the shortest text of JSON whose form has been checked: no blanks between tokens, and letters instead of their numbers. */
final class CompactText {

    private static final int ESCAPE_BYTES = 6;

    private final byte[] from;
    private final int end;
    private final byte[] to;
    private int at;
    private int length;

    private CompactText(byte[] from, int begin, int end) {
        this.from = from;
        this.at = begin;
        this.end = end;
        // No step writes more than it reads.
        this.to = new byte[end - begin];
    }

    static String of(byte[] json, int begin, int end) {
        for (int i = begin; i < end; i++) {
            // Bytes of letters beyond ASCII are negative.
            if (json[i] >= 0 && json[i] <= ' ' || json[i] == '\\') {
                return new CompactText(json, begin, end).compact();
            }
        }
        return new String(json, begin, end - begin, StandardCharsets.UTF_8);
    }

    private String compact() {
        while (at < end) {
            byte next = from[at++];
            if (next == '"') {
                to[length++] = next;
                string();
            } else if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                to[length++] = next;
            }
        }
        return new String(to, 0, length, StandardCharsets.UTF_8);
    }

    /** From behind its first quote to behind its last. */
    private void string() {
        while (true) {
            byte next = from[at++];
            if (next == '\\') {
                escape();
                continue;
            }
            to[length++] = next;
            if (next == '"') {
                return;
            }
        }
    }

    /** What has to be escaped stays as it is, and so does half a pair. */
    private void escape() {
        int begin = at - 1;
        byte kind = from[at++];
        if (kind == '/') {
            to[length++] = kind;
            return;
        }
        String letter = "";
        if (kind == 'u') {
            letter = letter(begin);
            at = begin + ESCAPE_BYTES * Math.max(1, letter.length());
        }
        byte[] written =
                letter.isEmpty() ? Arrays.copyOfRange(from, begin, at) : letter.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(written, 0, to, length, written.length);
        length += written.length;
    }

    /** One or two characters; empty when it has to stay escaped. */
    private String letter(int begin) {
        char first = number(begin);
        if (Character.isHighSurrogate(first)) {
            int second = begin + ESCAPE_BYTES;
            boolean isPair =
                    from[second] == '\\' && from[second + 1] == 'u' && Character.isLowSurrogate(number(second));
            return isPair ? new String(new char[] {first, number(second)}) : "";
        }
        boolean mustStay = first < ' ' || first == '"' || first == '\\' || Character.isSurrogate(first);
        return mustStay ? "" : String.valueOf(first);
    }

    private char number(int escape) {
        int number = 0;
        for (int i = escape + 2; i < escape + ESCAPE_BYTES; i++) {
            number = number * 16 + Character.digit(from[i], 16);
        }
        return (char) number;
    }
}
