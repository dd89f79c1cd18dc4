package dev.drover.jobs.worker;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.drover.platform.stateless.ProcessLocal;

/**
 * The virtual threads that jobs run on. A thread that is through with a job takes the next, so a thousand jobs that do next to nothing need a
 * few threads and not a thousand. None waits behind another that waits: as long as there are jobs nobody has taken, one more thread is on its
 * way to them, and it is there as soon as a processor is.
 */
@ProcessLocal(because = "leases this process has and is about to work on; if it dies, they expire")
final class JobThreads {

    /** At most as many as a worker has hands. */
    private final Queue<RunningJob> untaken = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean isOneOnItsWay = new AtomicBoolean();
    private final Consumer<RunningJob> work;

    /** @param work throws nothing */
    JobThreads(Consumer<RunningJob> work) {
        this.work = work;
    }

    void run(List<RunningJob> jobs) {
        untaken.addAll(jobs);
        sendOne();
    }

    private void sendOne() {
        if (!untaken.isEmpty() && isOneOnItsWay.compareAndSet(false, true)) {
            Thread.ofVirtual().name("job").start(this::workOff);
        }
    }

    private void workOff() {
        isOneOnItsWay.set(false);
        for (RunningJob job = untaken.poll(); job != null; job = untaken.poll()) {
            // This one may wait for who knows how long.
            sendOne();
            Thread.currentThread().setName("job-" + job.id());
            work.accept(job);
        }
    }
}
