package dev.drover.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.platform.problem.ServiceException;

class IdsTest {

    private final Ids ids = new Ids();

    @Test
    void theSameIntentionNamesTheSameThing() {
        Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("k-1"));

        assertThat(ids.create("usr_a", "POST /jobs", key))
                .isEqualTo(new Ids().create("usr_a", "POST /jobs", key))
                .hasSize(Ids.LENGTH)
                .matches("[0-9a-z]+");
    }

    @Test
    void anotherCallerRouteOrKeyNamesAnotherThing() {
        Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("k-1"));
        String id = ids.create("usr_a", "POST /jobs", key);

        assertThat(ids.create("usr_b", "POST /jobs", key)).isNotEqualTo(id);
        assertThat(ids.create("usr_a", "POST /media/uploads", key)).isNotEqualTo(id);
        assertThat(ids.create("usr_a", "POST /jobs", Optional.of(new IdempotencyKey("k-2"))))
                .isNotEqualTo(id);
    }

    @Test
    void partsDoNotRunIntoEachOther() {
        assertThat(Ids.derive("ab", "c")).isNotEqualTo(Ids.derive("a", "bc"));
        assertThat(Ids.derive("a:1:b")).isNotEqualTo(Ids.derive("a", "b"));
    }

    @Test
    void withoutAKeyEveryIdIsNew() {
        assertThat(ids.create("usr_a", "POST /jobs", Optional.empty()))
                .isNotEqualTo(ids.create("usr_a", "POST /jobs", Optional.empty()));
    }

    @Test
    void manyForOneRequestAreTheSameAsOneByOneWithAKeyAndAllNewWithout() {
        Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("k-1"));

        assertThat(ids.createAll("usr_a", "POST /jobs/bulk", key, 2))
                .containsExactly(
                        ids.create("usr_a", "POST /jobs/bulk 0", key), ids.create("usr_a", "POST /jobs/bulk 1", key));
        assertThat(ids.createAll("usr_a", "POST /jobs/bulk", Optional.empty(), 1_000))
                .hasSize(1_000)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-z]{26}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u0000b", "a\nb", "grün"})
    void anUnusableKeyIsRefused(String header) {
        assertThatThrownBy(() -> IdempotencyKey.fromHeader(header)).isInstanceOf(ServiceException.class);
    }

    @Test
    void aKeyMayHave255CharactersAndNotMore() {
        assertThat(IdempotencyKey.fromHeader("k".repeat(255))).isPresent();
        assertThatThrownBy(() -> IdempotencyKey.fromHeader("k".repeat(256))).isInstanceOf(ServiceException.class);
        assertThat(IdempotencyKey.fromHeader(null)).isEmpty();
    }
}
