package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.drover.blackbox.Suite.Member;

/** The lab itself: what it starts it also stops, and it says what is wrong. */
class LabIT {

    @Test
    void afterCtrlCNoProcessOfItIsLeft() throws Exception {
        Suite suite = Suite.start(1);
        List<ProcessHandle> processes =
                ProcessHandle.of(suite.pid()).orElseThrow().descendants().toList();
        assertThat(processes).hasSizeGreaterThanOrEqualTo(7);

        assertThat(suite.stop()).isIn(0, 130, 143);

        // The shell that guards the others notices the lab's end last.
        Eventually.within(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(processes).noneMatch(ProcessHandle::isAlive));
        assertThat(suite.data().resolve("lab.json")).doesNotExist();
    }

    @Test
    void evenWhenTheLabIsKilledNothingOfItLivesOn() throws Exception {
        Suite suite = Suite.start(1);
        List<Long> pids = suite.fleet().stream().map(Member::pid).toList();

        ProcessHandle.of(suite.pid()).orElseThrow().destroyForcibly();

        Eventually.within(Duration.ofSeconds(60)).until(() -> pids.stream()
                .noneMatch(
                        pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)));
    }

    @Test
    void aPortInUseIsSaidClearly() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path data = Files.createTempDirectory("busy-port");
            Process lab = LabProcess.launch(data, "up", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(lab.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(lab.exitValue()).isEqualTo(1);
            assertThat(LabProcess.output(data))
                    .contains(Integer.toString(taken.getLocalPort()))
                    .contains("--port");
        }
    }

    @Test
    void aKilledInstanceIsReplacedByAnotherWithAnotherName() {
        Suite suite = Suite.shared();
        Member killed = suite.ready("profile").getFirst();

        suite.kill(killed);

        suite.awaitWhole(2);
        assertThat(suite.fleet()).extracting(Member::id).doesNotContain(killed.id());
    }

    @Test
    void nobodyKillsWithoutTheOperatorsToken() {
        Suite suite = Suite.shared();
        Member member = suite.ready("auth").getFirst();

        Reply refused = suite.anyone().post("/lab/instances/" + member.id() + "/kill", "{\"signal\":\"KILL\"}");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(ProcessHandle.of(member.pid()).orElseThrow().isAlive()).isTrue();
    }
}
