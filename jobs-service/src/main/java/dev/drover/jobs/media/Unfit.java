package dev.drover.jobs.media;

import java.util.Locale;

/** Why a file is quarantined. The word is what its owner reads; it is never renamed. */
enum Unfit {
    /** The content is not of the type it was announced as. */
    TYPE_MISMATCH,
    /** It ends too early, or cannot be decoded. */
    CORRUPT,
    /** It is an image of a kind that is not taken, such as CMYK. */
    UNSUPPORTED_IMAGE,
    /** It has more pixels than are decoded. */
    TOO_MANY_PIXELS,
    /** It has more bytes than are looked into. */
    TOO_MANY_BYTES,
    /** It is a picture and something else at the same time. */
    POLYGLOT,
    /** It came in parts that are not, together, what was announced. */
    DIGEST_DIFFERS,
    /** The scanner found something. */
    INFECTED,
    /** The store no longer has it. */
    MISSING;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
