package dev.drover.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What a test lets run beside itself, on a thread of its own. Never the common pool: on two cores that has one thread, so a test
 * that waits there keeps the service, which runs in the same process, from whatever of the JDK needs that pool.
 */
public final class Aside {

    private Aside() {}

    public static <T> CompletableFuture<T> run(Callable<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.call();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                Thread::startVirtualThread);
    }
}
