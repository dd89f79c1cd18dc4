package dev.drover.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
        Path data = Files.createTempDirectory("killed-lab");
        Process lab = Suite.launch(data, "up", "--replicas", "1", "--port", "0");
        Path logs = data.resolve("logs");
        // The stores run before the first of them is started.
        Eventually.within(Duration.ofSeconds(60))
                .until(() -> Files.isDirectory(logs) && launched(logs).size() >= 2);
        List<ProcessHandle> processes = lab.descendants().toList();
        assertThat(processes).hasSizeGreaterThanOrEqualTo(3);

        lab.destroyForcibly();

        Eventually.within(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(processes).noneMatch(ProcessHandle::isAlive));
    }

    /** A service has a log from its first moment on. */
    private static List<Path> launched(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(
                            file -> file.getFileName().toString().matches("(auth|profile|media|jobs|realtime)-1-.*"))
                    .toList();
        }
    }

    @Test
    void aPortInUseIsSaidClearly() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path data = Files.createTempDirectory("busy-port");
            Process lab = Suite.launch(data, "up", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(lab.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(lab.exitValue()).isEqualTo(1);
            assertThat(Suite.output(data))
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

    @Test
    void itIsReachedFromThisMachineOnly() throws Exception {
        Suite suite = Suite.shared();
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        assumeThat(others).as("addresses others could reach").isNotEmpty();
        List<Integer> ports = Stream.concat(
                        Stream.of(suite.gateway()),
                        suite.fleet().stream().flatMap(member -> Stream.of(member.url(), member.managementUrl())))
                .map(URI::getPort)
                .toList();

        for (InetAddress address : others) {
            for (int port : ports) {
                assertThatThrownBy(() -> new Socket(address, port).close())
                        .as("%s:%d", address, port)
                        .isInstanceOf(IOException.class);
            }
        }
    }
}
