package dev.drover.jobs.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

import dev.drover.jobs.lease.Hold;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.LeaseStore.Completion;
import dev.drover.jobs.lease.LeaseStore.SettleResult;
import dev.drover.jobs.lease.LeaseTerms;
import dev.drover.platform.redis.StoreUnavailableException;
import dev.drover.platform.stateless.ProcessLocal;

/**
 * Says of many runs in one call that they are done: those that end while a call is under way make up the next one. Nobody is told before
 * the store has answered, and there are never more here than jobs run at once.
 */
@ProcessLocal(because = "whoever is in it waits for the store's answer; if the process dies, their leases expire")
final class Completions {

    private record Waiting(Completion completion, CompletableFuture<SettleResult> answer) {}

    private final LeaseStore store;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    Completions(LeaseStore store) {
        this.store = store;
    }

    /** As {@link LeaseStore#complete}. */
    SettleResult complete(Hold hold, Optional<String> result) {
        Waiting mine = new Waiting(new Completion(hold, result), new CompletableFuture<>());
        waiting.add(mine);
        turn.lock();
        try {
            while (!mine.answer().isDone()) {
                completeSome();
            }
        } finally {
            turn.unlock();
        }
        return switch (mine.answer().state()) {
            case SUCCESS -> mine.answer().resultNow();
            case FAILED -> throw failure(mine.answer().exceptionNow());
            case RUNNING, CANCELLED -> throw new IllegalStateException("nobody answered " + hold);
        };
    }

    private void completeSome() {
        List<Waiting> batch = new ArrayList<>();
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            batch.add(next);
            if (batch.size() == LeaseTerms.JOBS_LIMIT) {
                break;
            }
        }
        try {
            List<SettleResult> answers =
                    store.completeAll(batch.stream().map(Waiting::completion).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException e) {
            batch.forEach(one -> one.answer().completeExceptionally(e));
        }
    }

    private static RuntimeException failure(Throwable cause) {
        return cause instanceof StoreUnavailableException unavailable
                ? unavailable
                : new IllegalStateException("jobs could not be completed", cause);
    }
}
