package dev.drover.platform.medialedger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.Sha256;

class MediaIdTest {

    @Test
    void anIdCarriesTheShardOfItsOwner() {
        for (int i = 0; i < 200; i++) {
            String owner = "usr_" + i;
            MediaId id = MediaId.of(owner, Ids.derive("unique"));

            assertThat(MediaId.parse(id.toString())).contains(id);
            assertThat(id.shard()).isEqualTo(MediaId.shardOf(owner));
        }
    }

    /** A script touches one slot: all keys of one owner's media share their hash tag, and every outbox is swept. */
    @Test
    void allKeysOfAnOwnersMediaAreInOneSlot() {
        for (int i = 0; i < 200; i++) {
            String owner = "usr_" + i;
            MediaId id = MediaId.of(owner, Ids.derive("unique"));

            assertThat(tag(MediaKeys.item(id)))
                    .isEqualTo(tag(MediaKeys.ofOwner(owner)))
                    .isEqualTo(tag(MediaKeys.outbox(id)));
            assertThat(MediaKeys.outboxes()).hasSize(MediaKeys.SHARDS).contains(MediaKeys.outbox(id));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "med_", "med_g0123456789abcdefghijklmno", "med_a/../x", "usr_a0123456789abcdefghijklmn"})
    void whatIsNoIdIsNotParsed(String text) {
        assertThat(MediaId.parse(text)).isEmpty();
    }

    @Test
    void aFileIsOnlyInItsOwnersShard() {
        MediaId id = MediaId.of("usr_1", Ids.derive("unique"));
        String other = "usr_other";
        for (int i = 0; MediaId.shardOf(other) == id.shard(); i++) {
            other = "usr_other" + i;
        }
        String stranger = other;
        ExactContent content = new ExactContent(1, "text/plain", Sha256.of(new byte[1]));

        assertThatThrownBy(() -> new NewMedia(id, stranger, "a", content, MediaPurpose.FILE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String tag(String key) {
        return key.substring(key.indexOf('{'), key.indexOf('}'));
    }
}
