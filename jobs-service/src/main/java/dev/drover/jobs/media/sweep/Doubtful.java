package dev.drover.jobs.media.sweep;

/** So much would have to be removed that something else must be wrong; nothing was. */
final class Doubtful extends Exception {

    private static final long serialVersionUID = 1;

    Doubtful(String message) {
        super(message);
    }
}
