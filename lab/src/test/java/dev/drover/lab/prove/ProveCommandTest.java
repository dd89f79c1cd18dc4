package dev.drover.lab.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import dev.drover.stores.process.FreePort;

/** What cannot be run ends with 2, before anything is loaded. */
class ProveCommandTest {
    private static final int COULD_NOT_RUN = 2;

    @TempDir
    Path data;

    @Test
    void whatItDoesNotKnowOrTakeIsRefused() {
        assertThat(prove("--faults=kill,earthquake")).isEqualTo(COULD_NOT_RUN);
        assertThat(prove("--work=sessions,gardening")).isEqualTo(COULD_NOT_RUN);
        assertThat(prove("--duration=soon")).isEqualTo(COULD_NOT_RUN);
        assertThat(prove("--duration=25h")).isEqualTo(COULD_NOT_RUN);
        assertThat(prove("--rate=0")).isEqualTo(COULD_NOT_RUN);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void anAddressWhereNobodyAnswersIsSaidAtOnce() {
        assertThat(prove("--url=http://127.0.0.1:" + FreePort.find())).isEqualTo(COULD_NOT_RUN);
    }

    private int prove(String option) {
        return new CommandLine(new ProveCommand()).execute(option, "--data=" + data);
    }
}
