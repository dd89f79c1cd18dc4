package dev.drover.lab.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerUserTest {
    @TempDir
    Path proc;

    @BeforeEach
    void connections() throws Exception {
        Files.createDirectories(proc.resolve("net"));
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/status"), "Name:\tjava\nUid:\t1000\t1000\t1000\t1000\n");
        Files.writeString(proc.resolve("net/tcp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 1 1
                   1: 0100007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 2 1
                   2: 0100007F:C002 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 3 1
                """);
    }

    @Test
    void aProgramOfTheSameUserIsOurs() throws Exception {
        assertThat(new PeerUser(proc, 8080).isOurs(0xC001)).isTrue();
    }

    @Test
    void anotherUsersProgramIsNotNorIsOneThatIsNotThere() throws Exception {
        assertThat(new PeerUser(proc, 8080).isOurs(0xC002)).isFalse();
        assertThat(new PeerUser(proc, 8080).isOurs(0xC003)).isFalse();
    }
}
