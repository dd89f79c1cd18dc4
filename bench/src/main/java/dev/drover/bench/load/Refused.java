package dev.drover.bench.load;

/** A request of a load was not answered with 2xx: then nothing was measured. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Refused(String message) {
        super(message);
    }
}
