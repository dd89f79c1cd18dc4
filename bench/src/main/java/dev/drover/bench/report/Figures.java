package dev.drover.bench.report;

import java.util.Arrays;
import java.util.Locale;

/** What the repetitions of one measurement gave. */
public record Figures(double... values) {

    public Figures {
        values = values.clone();
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    public double median() {
        double[] sorted = sorted();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    public double low() {
        return sorted()[0];
    }

    public double high() {
        return sorted()[values.length - 1];
    }

    /** Repetition by repetition: what slowed both at the same time is in neither's favour. */
    public Figures over(Figures other) {
        double[] ratios = new double[Math.min(values.length, other.values.length)];
        Arrays.setAll(ratios, i -> values[i] / other.values[i]);
        return new Figures(ratios);
    }

    public Figures inverse() {
        return new Figures(Arrays.stream(values).map(value -> 1 / value).toArray());
    }

    public Figures times(double factor) {
        return new Figures(Arrays.stream(values).map(value -> factor * value).toArray());
    }

    private double[] sorted() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** The median, and from where to where the repetitions were. */
    @Override
    public String toString() {
        return values.length == 1
                ? shown(values[0])
                : shown(median()) + " (" + shown(low()) + "–" + shown(high()) + ")";
    }

    public static String shown(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
