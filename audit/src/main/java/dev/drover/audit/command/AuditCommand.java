package dev.drover.audit.command;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.drover.audit.Audit;
import dev.drover.audit.AuditResult;
import dev.drover.audit.AuditSettings;

/** {@code ./drover audit}: exit code 0 when nothing was found, 1 when something was, 2 when it could not be looked for. */
@Command(
        name = "audit",
        sortOptions = false,
        description = "Finds state hidden in services, by reading their bytecode. Nothing of it is run.",
        footer = {"", "Exit code: 0 nothing found, 1 findings, 2 it could not look."})
public final class AuditCommand implements Callable<Integer> {

    private static final String OWN_SERVICES = "drover.audit.default";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description =
                    "A folder of classes, a jar or war, a quarkus-app folder, or an executable jar of Quarkus or Spring Boot."
                            + " Without one: this suite's own services.")
    private List<Path> paths = List.of();

    @Option(
            names = "--packages",
            paramLabel = "PACKAGE",
            split = ",",
            description =
                    "Audit these packages and those below them only, for example com.acme; also in the libraries of a"
                            + " quarkus-app folder or an executable jar.")
    private List<String> packages = List.of();

    @Option(
            names = "--config-packages",
            paramLabel = "PATTERN",
            split = ",",
            description =
                    "Where the environment may be read, in ArchUnit's notation (default: ..config..,..configuration..).")
    private List<String> configPackages = AuditSettings.DEFAULT.configPackages();

    @Option(
            names = "--allow",
            paramLabel = "FILE",
            description =
                    "Findings answered for, a line each: <rule or checklist line> <class, or class#member> <reason>.")
    private Path allow;

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    private boolean help;

    public static void main(String[] args) {
        // ArchUnit brings the API of a logger, and the command none to log with.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(run(args, new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
    }

    static int run(String[] args, PrintWriter out, PrintWriter err) {
        return new CommandLine(new AuditCommand())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    if (failure instanceof CannotAuditException) {
                        err.println(failure.getMessage());
                        return CommandLine.ExitCode.USAGE;
                    }
                    throw failure;
                })
                .execute(args);
    }

    @Override
    public Integer call() throws IOException {
        AllowFile allowed = allow == null ? AllowFile.NONE : AllowFile.read(allow);
        Application application = Application.read(paths.isEmpty() ? ownServices() : paths, packages);
        AuditResult result =
                allowed.apply(Audit.with(new AuditSettings(configPackages)).of(application.classes()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonReport.print(result, application, out);
        } else {
            new TextReport(out).print(result, application, allowed.unused(result));
        }
        return result.findings().isEmpty() ? 0 : 1;
    }

    /** Given by {@code ./drover}, which knows where it is. */
    private List<Path> ownServices() {
        String given = System.getProperty(OWN_SERVICES, "");
        if (given.isEmpty()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "Name a folder of classes or a jar.");
        }
        return Stream.of(given.split(File.pathSeparator)).map(Path::of).toList();
    }
}
