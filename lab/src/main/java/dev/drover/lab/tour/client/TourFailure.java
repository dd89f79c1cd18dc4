package dev.drover.lab.tour.client;

/** What was expected, what came instead, and from which instance: all a reader needs to start looking. */
public final class TourFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TourFailure(String what, String expected, String came, String from) {
        super(what + "\n  expected: " + expected + "\n  came:     " + came + "\n  from:     " + from);
    }
}
