package dev.drover.auth.password;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.stateless.ProcessLocal;

/**
 * Bounds the hashes computed at once. They run on platform threads of their own: on virtual threads a few of them would hold every carrier,
 * and all other requests would stand still for as long as a hash takes. A request whose patience ends takes its place in the queue with it.
 */
@ProcessLocal(because = "a bound on this process's processor; who waits is a request that is still open")
final class HashGate implements AutoCloseable {

    private static final String DETAIL = "Too many password checks at once.";

    private final ThreadPoolExecutor hashers;
    private final Duration patience;
    private final Duration retryAfter;

    HashGate(int concurrent, int waiting, Duration patience, Duration retryAfter) {
        if (concurrent < 1) {
            throw new IllegalArgumentException("concurrent must be at least 1: " + concurrent);
        }
        this.patience = patience;
        this.retryAfter = retryAfter;
        this.hashers = new ThreadPoolExecutor(
                concurrent,
                concurrent,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().name("password-hash-", 0).daemon().factory());
        hashers.allowCoreThreadTimeOut(true);
    }

    <T> T pass(Callable<T> hash) {
        Future<T> turn = submit(hash);
        try {
            return turn.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            leave(turn);
            throw overloaded();
        } catch (InterruptedException e) {
            leave(turn);
            Thread.currentThread().interrupt();
            throw overloaded();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password hash failed", e.getCause());
        }
    }

    private <T> Future<T> submit(Callable<T> hash) {
        try {
            return hashers.submit(hash);
        } catch (RejectedExecutionException e) {
            throw overloaded();
        }
    }

    private void leave(Future<?> turn) {
        turn.cancel(false);
        if (turn instanceof Runnable queued) {
            hashers.remove(queued);
        }
    }

    private ServiceException overloaded() {
        return new ServiceException(PlatformError.OVERLOADED, DETAIL, retryAfter);
    }

    int waiting() {
        return hashers.getQueue().size();
    }

    int active() {
        return hashers.getActiveCount();
    }

    @Override
    public void close() {
        hashers.shutdown();
    }
}
