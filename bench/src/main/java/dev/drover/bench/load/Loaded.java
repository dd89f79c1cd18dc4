package dev.drover.bench.load;

/** What a load has brought. */
public record Loaded(long answers, double seconds) {

    public double perSecond() {
        return answers / seconds;
    }
}
