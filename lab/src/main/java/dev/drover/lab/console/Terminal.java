package dev.drover.lab.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Lines for people. Written whole, from any thread. */
public final class Terminal {
    private final PrintStream out;

    public Terminal(PrintStream out) {
        this.out = out;
    }

    /** In UTF-8 whatever the locale says: a container often has none. */
    public static Terminal ofProcess() {
        return new Terminal(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    }

    public void line(String text) {
        out.println(text);
        out.flush();
    }

    public void done(String what, Duration took) {
        line("  ✓ " + pad(what) + seconds(took));
    }

    public void failed(String what) {
        line("  ✗ " + what);
    }

    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }

    private static String pad(String text) {
        return String.format(Locale.ROOT, "%-58s ", text);
    }
}
