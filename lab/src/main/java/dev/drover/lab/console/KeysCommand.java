package dev.drover.lab.console;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.drover.lab.suite.SuiteKeys;

/** What is done with the keys tokens are signed with. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Looks after the keys that sign access tokens.",
        subcommands = KeysCommand.Rotate.class)
public class KeysCommand implements Callable<Integer> {
    private final Terminal terminal = Terminal.ofProcess();

    @Override
    public Integer call() {
        terminal.failed("say what: ./drover keys rotate");
        return 2;
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Makes the standby key sign; what the key before it has signed stays valid.")
    public static class Rotate implements Callable<Integer> {
        @Mixin
        Folders folders;

        private final Terminal terminal = Terminal.ofProcess();
        private final Clock clock = Clock.systemUTC();

        @Override
        public Integer call() throws InterruptedException {
            SuiteKeys keys = SuiteKeys.in(folders.data());
            if (!keys.areThere()) {
                terminal.failed("there are no keys in " + folders.data() + "; ./drover up makes them");
                return 1;
            }
            try {
                Duration wait = keys.untilRotation(clock.instant());
                if (wait.isPositive()) {
                    terminal.line("  the standby key is new; waiting " + (wait.toSeconds() + 1)
                            + " s until every instance publishes it");
                    Thread.sleep(wait);
                }
                keys.rotate(clock.instant());
                terminal.line(
                        "  ✓ the standby key signs as soon as an instance looks, within 10 s; no token became invalid");
                return 0;
            } catch (IOException e) {
                terminal.failed("the keys could not be changed: " + e.getMessage());
                return 1;
            }
        }
    }
}
