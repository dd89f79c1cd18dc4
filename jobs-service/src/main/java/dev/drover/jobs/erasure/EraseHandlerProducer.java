package dev.drover.jobs.erasure;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.drover.jobs.demo.AccountCounters;
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
    AccountFiles files(MediaLedger ledger, ObjectStore objects, MultipartStore multipart, ErasureConfig config) {
        return new AccountFiles(ledger, objects, multipart, config.mediaRemembered());
    }

    @Produces
    @Singleton
    JobHandler handler(
            Erasures erasures,
            AccountTraces traces,
            AccountFiles files,
            AccountJobs jobs,
            AccountCounters counters,
            ErasureConfig config) {
        return new EraseHandler(erasures, traces, files, jobs, counters, config);
    }
}
