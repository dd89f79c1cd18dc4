package dev.drover.platform.problem;

import java.net.URI;
import java.util.Locale;

/**
 * A stable name for one thing that can go wrong. Each service has one enum of them; a code is never renamed or reused, because clients
 * branch on it. All are listed in docs/errors.md, and a test compares the two.
 */
public interface ErrorCode {

    /** The enum's constant; its lower-case form is the code on the wire. */
    String name();

    ErrorKind kind();

    /** A short sentence for people, the same for every occurrence. */
    String title();

    default String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The problem's {@code type} (RFC 9457): an identifier, not a page. */
    default URI type() {
        return URI.create("urn:drover:problem:" + code());
    }
}
