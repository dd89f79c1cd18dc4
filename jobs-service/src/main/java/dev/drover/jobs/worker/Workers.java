package dev.drover.jobs.worker;

import java.util.List;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import org.jboss.logging.Logger;

import dev.drover.jobs.lease.JobCancelled;
import dev.drover.jobs.lease.LeaseStore;
import dev.drover.jobs.lease.Leases;
import dev.drover.jobs.lease.QueueSignals;
import dev.drover.platform.config.InstanceId;
import dev.drover.platform.jobs.QueueName;

/** Starts one worker per served queue, and stops them as soon as this instance is told to. */
@Singleton
final class Workers {

    private static final Logger LOG = Logger.getLogger(Workers.class);

    private static final int AFTER_DRAIN = ObserverMethod.DEFAULT_PRIORITY + 100;

    private final WorkerConfig config;
    private final QueueSignals signals;
    private final List<QueueWorker> workers;

    Workers(
            WorkerConfig config,
            InstanceId instance,
            Leases leases,
            LeaseStore store,
            JobHandlers handlers,
            JobTelemetry telemetry,
            QueueSignals signals) {
        this.config = config;
        this.signals = signals;
        WorkerPolicy policy = new WorkerPolicy(
                instance.value(),
                config.concurrency(),
                config.lease(),
                config.patience(),
                Processors.ofThisMachine(config.cpuMax(), config.busyShare()));
        this.workers = switch (config.role()) {
            case API -> List.of();
            case WORKER, ALL ->
                config.queues().stream()
                        .map(name -> new QueueWorker(new QueueName(name), policy, leases, store, handlers, telemetry))
                        .toList();
        };
    }

    void start(@Observes StartupEvent event) {
        workers.forEach(worker -> Thread.ofVirtual().name("queue-worker").start(worker::loop));
        if (!workers.isEmpty()) {
            LOG.infof("workers serve %s, %d jobs at once each", config.queues(), config.concurrency());
        }
    }

    /** After {@link dev.drover.platform.drain.Drain} has noted it, so that whoever is woken here sees it. */
    void drain(@Observes @Priority(AFTER_DRAIN) ShutdownDelayInitiatedEvent event) {
        stop();
    }

    void shutdown(@Observes ShutdownEvent event) {
        stop();
    }

    private void stop() {
        // Long polls over HTTP see that it is over, and need not wait until the jobs of this instance are handed back.
        signals.raiseAll();
        try {
            for (QueueWorker worker : workers) {
                worker.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // And its own workers, which were told just now.
        signals.raiseAll();
    }

    void cancelled(@Observes JobCancelled event) {
        workers.forEach(worker -> worker.cancelled(event.id()));
    }
}
