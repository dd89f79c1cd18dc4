package dev.drover.jobs.media;

import java.net.http.HttpClient;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openfeature.sdk.Client;

import dev.drover.jobs.worker.JobHandler;
import dev.drover.platform.medialedger.ProcessingLedger;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Presigner;
import dev.drover.platform.outbox.OutboxRelay;

/** Builds the handler once, at start, with its bounds from configuration. */
final class ProcessHandlerProducer {

    @Produces
    @Singleton
    JobHandler handler(
            ProcessingLedger ledger,
            ObjectStore store,
            OutboxRelay relay,
            Scanner scanner,
            MediaConfig config,
            ObjectMapper json,
            Client features) {
        FileExaminer examiner = new FileExaminer(config.pixelsMax(), config.imageBytesMax(), config.decodersMax());
        return new ProcessHandler(ledger, store, relay, examiner, scanner, json, features);
    }

    @Produces
    @Singleton
    Scanner scanner(Presigner presigner, MediaConfig config, ObjectMapper json) {
        return config.scanUrl()
                .<Scanner>map(url -> new WebhookScanner(
                        HttpClient.newBuilder()
                                .connectTimeout(config.scanWithin())
                                .build(),
                        url,
                        config.scanWithin(),
                        presigner,
                        json))
                .orElse(Scanner.NONE);
    }
}
