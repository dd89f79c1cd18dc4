package dev.drover.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedObjectStoreTest {

    @TempDir
    Path folder;

    @Test
    void anUnsignedRequestIsRefusedAndCredentialsStayWithTheFolder() throws Exception {
        String keyId;
        try (EmbeddedObjectStore store = EmbeddedObjectStore.start(folder, 0, "http://localhost:8080");
                HttpClient http = HttpClient.newHttpClient()) {
            keyId = store.accessKeyId();
            Files.writeString(folder.resolve("objects/drover/note.txt"), "private", StandardOpenOption.CREATE_NEW);
            Files.setPosixFilePermissions(
                    folder.resolve("objects/drover/note.txt"), PosixFilePermissions.fromString("rw-------"));
            HttpRequest object = HttpRequest.newBuilder(store.endpoint().resolve("/drover/note.txt"))
                    .build();
            assertThat(http.send(object, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
            HttpRequest list =
                    HttpRequest.newBuilder(store.endpoint().resolve("/drover")).build();

            assertThat(http.send(list, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("s3proxy.conf"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("s3proxy.log"))).doesNotContain(keyId);

        try (EmbeddedObjectStore again = EmbeddedObjectStore.start(folder, 0, "http://localhost:8080")) {
            assertThat(again.accessKeyId()).isEqualTo(keyId);
        }
    }

    @Test
    void closingLeavesNoProcess() throws Exception {
        EmbeddedObjectStore store = EmbeddedObjectStore.start(folder, 0, "http://localhost:8080");
        long pid = store.pid();

        store.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
    }
}
