package dev.drover.lab.tour;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

import dev.drover.lab.tour.client.Answer;

/** What the tour prints: per step a heading, per thing done a line with the instance that did it and the time it took. */
public final class Narration {

    private static final String GREEN = "\033[32m";
    private static final String RED = "\033[31m";
    private static final String DIM = "\033[2m";
    private static final String BOLD = "\033[1m";
    private static final String PLAIN = "\033[0m";

    private final PrintStream out;
    private final boolean coloured;
    private int checks;

    public Narration(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    void heading(int number, String title) {
        out.println();
        out.println(painted(BOLD, number + ". " + title));
    }

    public void done(String what, Answer answer) {
        done(what, answer.servedBy(), answer.took());
    }

    public void done(String what, String servedBy, Duration took) {
        checks++;
        out.printf(
                Locale.ROOT,
                "   %s %-70s %s %s%n",
                painted(GREEN, "✓"),
                what,
                "%-22s".formatted(servedBy),
                painted(DIM, "%6s".formatted(shown(took))));
    }

    void failed(RuntimeException failure) {
        String text = String.valueOf(failure.getMessage() == null ? failure : failure.getMessage());
        out.println("   " + painted(RED, "✗") + " " + text.replace("\n", "\n     "));
    }

    void line(String text) {
        out.println(text);
    }

    int checks() {
        return checks;
    }

    String good(String text) {
        return painted(GREEN, text);
    }

    String bad(String text) {
        return painted(RED, text);
    }

    static String shown(Duration took) {
        long millis = took.toMillis();
        return millis < 10_000 ? millis + " ms" : "%.1f s".formatted(millis / 1000.0);
    }

    private String painted(String colour, String text) {
        return coloured ? colour + text + PLAIN : text;
    }
}
