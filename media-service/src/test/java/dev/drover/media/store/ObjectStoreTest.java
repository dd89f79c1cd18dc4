package dev.drover.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.drover.media.ServiceTest;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Sha256;
import dev.drover.platform.objectstore.StoredObject;

@ServiceTest
class ObjectStoreTest {

    @Inject
    ObjectStore store;

    private final ObjectKey key = new ObjectKey("media/usr_test/med_" + UUID.randomUUID() + "/preview");

    @Test
    void whatIsNotThereIsEmptyAndRemovedWithoutComplaint() {
        assertThat(store.head(key)).isEmpty();
        assertThat(store.open(key)).isEmpty();
        store.delete(key);
    }

    @Test
    void whatIsPutIsReadBackAndRemoved() throws IOException {
        byte[] bytes = "one".getBytes(StandardCharsets.US_ASCII);
        store.put(key, bytes, content(bytes));

        assertThat(store.head(key))
                .contains(new StoredObject(3, "image/jpeg", Optional.of(Sha256.of(bytes)), Optional.empty()));
        try (InputStream stream = store.open(key).orElseThrow()) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes);
        }
        store.delete(key);
        assertThat(store.head(key)).isEmpty();
    }

    @Test
    void aStreamReplacesWhatWasThere() throws IOException {
        byte[] first = new byte[10];
        byte[] second = new byte[200_000];
        store.put(key, first, content(first));
        store.put(key, new ByteArrayInputStream(second), content(second));

        try (InputStream stream = store.open(key).orElseThrow()) {
            assertThat(stream.readAllBytes()).isEqualTo(second);
        }
    }

    @Test
    void aStreamMayBeClosedBeforeItsEnd() throws IOException {
        byte[] bytes = new byte[8 * 1024 * 1024];
        store.put(key, bytes, content(bytes));

        for (int i = 0; i < 10; i++) {
            try (InputStream stream = store.open(key).orElseThrow()) {
                assertThat(stream.readNBytes(16)).hasSize(16);
            }
        }
        assertThat(store.head(key)).isPresent();
    }

    @Test
    void bytesThatAreNotTheContentAreRefused() {
        byte[] bytes = "one".getBytes(StandardCharsets.US_ASCII);
        ExactContent another = new ExactContent(3, "image/jpeg", Sha256.of("two".getBytes(StandardCharsets.US_ASCII)));

        assertThatThrownBy(() -> store.put(key, bytes, another)).isInstanceOf(IllegalStateException.class);
        assertThat(store.head(key)).isEmpty();
    }

    private static ExactContent content(byte[] bytes) {
        return new ExactContent(bytes.length, "image/jpeg", Sha256.of(bytes));
    }
}
