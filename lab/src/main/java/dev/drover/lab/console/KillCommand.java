package dev.drover.lab.console;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.drover.lab.control.LabClient;
import dev.drover.stores.process.ChildProcess.Signal;

/** Sends an instance a signal, SIGKILL unless another is named. */
@Command(name = "kill", mixinStandardHelpOptions = true, description = "Kill an instance; the lab starts another.")
public class KillCommand implements Callable<Integer> {
    @Mixin
    Folders folders;

    @Parameters(paramLabel = "INSTANCE", description = "Its name, as ./drover status shows it.")
    String instance;

    @Option(
            names = "--signal",
            defaultValue = "KILL",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Signal signal;

    private final Terminal terminal = Terminal.ofProcess();

    @Override
    public Integer call() throws InterruptedException {
        if (!instance.matches("[a-z0-9-]{1,64}")) {
            terminal.failed(instance + " is not the name of an instance; ./drover status shows them");
            return 1;
        }
        Optional<LabClient> found = RunningLab.find(folders.data(), terminal);
        if (found.isEmpty()) {
            return 1;
        }
        try (LabClient lab = found.get()) {
            Optional<String> refused = lab.kill(instance, signal.name());
            if (refused.isPresent()) {
                terminal.failed(instance + ": " + refused.get());
                return 1;
            }
            terminal.line("  ✓ SIG" + signal + " sent to " + instance);
            return 0;
        } catch (IOException e) {
            terminal.failed("the lab does not answer: " + e.getMessage());
            return 1;
        }
    }
}
