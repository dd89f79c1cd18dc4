package dev.drover.lab.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/**
 * What the cluster's API tells of one kind of thing: a list, and then a watch. The client begins a broken watch again by itself, after pauses that
 * grow, and there are moments in which a connection ends and it never hears of that. So a watch that has been away for long is begun anew beside
 * the old one; what that knew is shown until the new one has its list.
 */
final class Followed<T extends HasMetadata> implements AutoCloseable {
    /** Longer than a list takes; the client's own pauses grow to half a minute. */
    static final Duration ANEW_AFTER = Duration.ofSeconds(20);

    /** A list comes in pages of so many. */
    private static final long PAGE = 500;

    private final Informable<T> what;
    private final ResourceEventHandler<T> news;
    private final Clock clock;
    private volatile SharedIndexInformer<T> current;
    private SharedIndexInformer<T> next;
    private Instant awaySince;

    Followed(Informable<T> what, ResourceEventHandler<T> news, Clock clock) {
        this.what = what;
        this.news = news;
        this.clock = clock;
        this.current = informer();
    }

    private SharedIndexInformer<T> informer() {
        SharedIndexInformer<T> informer = what.withLimit(PAGE).runnableInformer(0);
        // Also when it is refused, or nobody is there: it is tried until it is closed.
        informer.exceptionHandler((started, failure) -> true);
        informer.addEventHandler(news);
        return informer;
    }

    /** Returns at once. */
    void start() {
        current.start();
    }

    List<T> list() {
        return current.getStore().list();
    }

    boolean isWatching() {
        return current.isWatching();
    }

    /** To be called now and then. */
    synchronized void look() {
        if (current.isWatching()) {
            awaySince = null;
            dropNext();
        } else if (next != null && next.isWatching()) {
            replace();
        } else if (awaySince == null) {
            awaySince = clock.instant();
        } else if (awaySince.plus(ANEW_AFTER).isBefore(clock.instant())) {
            dropNext();
            next = informer();
            next.start();
            awaySince = clock.instant();
        }
    }

    /** What went meanwhile went unheard. */
    private void replace() {
        SharedIndexInformer<T> old = current;
        current = next;
        next = null;
        awaySince = null;
        old.close();
        Set<String> there =
                list().stream().map(thing -> thing.getMetadata().getName()).collect(Collectors.toSet());
        old.getStore().list().stream()
                .filter(thing -> !there.contains(thing.getMetadata().getName()))
                .forEach(gone -> news.onDelete(gone, true));
    }

    private void dropNext() {
        if (next != null) {
            next.close();
            next = null;
        }
    }

    @Override
    public synchronized void close() {
        dropNext();
        current.close();
    }
}
