package dev.drover.jobs.erasure;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.drover.jobs.job.AccountJobs;
import dev.drover.jobs.worker.JobHandler;
import dev.drover.platform.erasure.AccountTraces;
import dev.drover.platform.erasure.Erasures;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectStore;

/** Builds the handler once, at start. */
final class EraseHandlerProducer {

    @Produces
    @Singleton
    JobHandler handler(
            Erasures erasures,
            AccountTraces traces,
            MediaLedger ledger,
            ObjectStore objects,
            MultipartStore multipart,
            AccountJobs jobs,
            ErasureConfig config) {
        return new EraseHandler(erasures, traces, ledger, objects, multipart, jobs, config);
    }
}
