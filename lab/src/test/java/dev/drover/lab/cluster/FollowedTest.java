package dev.drover.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Store;
import org.junit.jupiter.api.Test;

import dev.drover.testing.MutableClock;

/** With informers that do as they are told: when a real one loses a connection and never hears of it cannot be arranged. */
class FollowedTest {

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<Informer> begun = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final Followed<Pod> followed = new Followed<>(informers(), new Gone(), clock);

    @Test
    void aWatchThatStaysAwayIsBegunAnewAndWhatItKnewIsShownUntilThen() {
        Informer first = begun.getFirst();
        first.knows("a", "b");
        followed.start();
        first.watching = true;
        followed.look();
        first.watching = false;
        lookFor(Followed.ANEW_AFTER);
        assertThat(begun).as("it may come back by itself").hasSize(1);

        lookFor(Duration.ofSeconds(2));
        assertThat(begun).hasSize(2);
        Informer second = begun.get(1);
        assertThat(second.started).isTrue();
        assertThat(names()).containsExactly("a", "b");
        assertThat(followed.isWatching()).isFalse();

        second.knows("b", "c");
        second.watching = true;
        followed.look();
        assertThat(names()).containsExactly("b", "c");
        assertThat(followed.isWatching()).isTrue();
        assertThat(first.closed).isTrue();
        assertThat(gone).as("what went while nobody heard").containsExactly("a");
    }

    @Test
    void oneThatComesBackByItselfStays() {
        followed.start();
        lookFor(Followed.ANEW_AFTER.plusSeconds(2));
        begun.getFirst().watching = true;
        followed.look();
        assertThat(begun.getFirst().closed).isFalse();
        assertThat(begun.get(1).closed).isTrue();
        lookFor(Duration.ofMinutes(5));
        assertThat(begun).hasSize(2);
    }

    @Test
    void aNewOneThatDoesNotGetThereIsReplacedToo() {
        followed.start();
        lookFor(Followed.ANEW_AFTER.multipliedBy(3).plusSeconds(6));
        assertThat(begun).hasSize(4);
        assertThat(begun.subList(1, 3))
                .allSatisfy(tried -> assertThat(tried.closed).isTrue());
        followed.close();
        assertThat(begun).allSatisfy(one -> assertThat(one.closed).isTrue());
    }

    private void lookFor(Duration time) {
        for (long second = 0; second <= time.toSeconds(); second++) {
            followed.look();
            if (second < time.toSeconds()) {
                clock.advance(Duration.ofSeconds(1));
            }
        }
    }

    private List<String> names() {
        return followed.list().stream().map(pod -> pod.getMetadata().getName()).toList();
    }

    @SuppressWarnings("unchecked")
    private Informable<Pod> informers() {
        return (Informable<Pod>) answering(Informable.class, Map.of("runnableInformer", () -> {
            begun.add(new Informer());
            return begun.getLast().asInformer();
        }));
    }

    private static final class Informer {
        private boolean started;
        private boolean watching;
        private boolean closed;
        private List<Pod> pods = List.of();

        void knows(String... names) {
            pods = java.util.Arrays.stream(names)
                    .map(name -> ApiServer.pod(name, "auth-service"))
                    .toList();
        }

        Object asInformer() {
            Object store = answering(Store.class, Map.of("list", () -> pods));
            return answering(
                    SharedIndexInformer.class,
                    Map.of(
                            "start",
                            () -> {
                                started = true;
                                return null;
                            },
                            "close",
                            () -> {
                                closed = true;
                                return null;
                            },
                            "isWatching",
                            () -> watching,
                            "getStore",
                            () -> store));
        }
    }

    private static Object answering(Class<?> type, Map<String, Supplier<Object>> answers) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Supplier<Object> answer = answers.get(method.getName());
            // What is only set up gives back itself.
            return answer != null ? answer.get() : method.getReturnType().isInstance(proxy) ? proxy : null;
        });
    }

    private final class Gone implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod added) {}

        @Override
        public void onUpdate(Pod before, Pod now) {}

        @Override
        public void onDelete(Pod lost, boolean notSeenItself) {
            gone.add(lost.getMetadata().getName());
        }
    }
}
