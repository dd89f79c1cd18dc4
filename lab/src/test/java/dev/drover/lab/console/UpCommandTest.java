package dev.drover.lab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ./drover} looks at the options of {@code up} before a first build, in a language of its own. */
class UpCommandTest {

    private static final Path HOME = Path.of("..");

    static Stream<List<String>> options() {
        return new CommandLine(new UpCommand())
                .getCommandSpec().options().stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .flatMap(UpCommandTest::spellings);
    }

    private static Stream<List<String>> spellings(OptionSpec option) {
        String name = option.longestName();
        return option.arity().max() == 0
                ? Stream.of(List.of(name))
                : Stream.of(List.of(name, "3"), List.of(name + "=3"));
    }

    @ParameterizedTest
    @MethodSource("options")
    void theScriptLetsEachOptionOfTheProgramThrough(List<String> option) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "drover", "up"));
        command.addAll(option);
        command.add("--help");
        Process drover = new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(drover.getInputStream().readAllBytes());

        assertThat(drover.waitFor()).as(said).isZero();
    }
}
