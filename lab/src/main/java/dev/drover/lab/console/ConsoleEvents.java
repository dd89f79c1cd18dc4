package dev.drover.lab.console;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.drover.lab.fleet.FleetEvents;
import dev.drover.lab.fleet.Instance;
import dev.drover.lab.fleet.Trouble;

/** Says what happens in the fleet, until the suite is being stopped. */
final class ConsoleEvents implements FleetEvents {
    private final Terminal terminal;
    private final AtomicBoolean silent = new AtomicBoolean();

    ConsoleEvents(Terminal terminal) {
        this.terminal = terminal;
    }

    void silence() {
        silent.set(true);
    }

    @Override
    public void ready(Instance instance) {
        say(() -> terminal.done(
                instance.id() + " is ready on " + instance.url(),
                instance.startDuration().orElseThrow()));
    }

    @Override
    public void ended(Instance instance, int exitCode) {
        say(() -> terminal.failed(instance.id() + " ended (" + reason(exitCode) + "); a replacement is started"));
    }

    @Override
    public void crashLooping(Trouble trouble) {
        say(() -> {
            terminal.failed(trouble.slot() + " does not stay: it ended " + trouble.failures()
                    + " times, the last time with exit code " + trouble.exitCode() + ", saying:");
            trouble.lastLines().forEach(line -> terminal.line("      " + line));
            terminal.line("    It is tried again at growing intervals.");
        });
    }

    private void say(Runnable sentence) {
        if (!silent.get()) {
            sentence.run();
        }
    }

    private static String reason(int exitCode) {
        return exitCode > 128 ? "signal " + (exitCode - 128) : "exit code " + exitCode;
    }
}
