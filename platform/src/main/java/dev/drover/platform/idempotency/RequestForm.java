package dev.drover.platform.idempotency;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What makes two requests the same: method, path with query, content type, body, byte by byte as they were sent. A client that repeats
 * a request sends the same bytes; to see through another spelling of the same JSON would only hide its mistakes.
 *
 * @param target      path and query
 * @param credentials on a route that needs no caller whatever it was sent with, otherwise empty: a repeat may come with a newer token
 */
record RequestForm(String method, String target, String contentType, String credentials, byte[] body) {

    /** The form as one sequence of bytes. The length before each part keeps ("ab","c") and ("a","bc") apart. */
    byte[] canonical() {
        return joined(
                text(method),
                text(target),
                text(contentType.toLowerCase(Locale.ROOT).replace(" ", "")),
                text(credentials),
                body);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(text(part.length + ":"));
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "RequestForm[" + method + " ***]";
    }
}
