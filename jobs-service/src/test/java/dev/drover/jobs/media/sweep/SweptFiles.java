package dev.drover.jobs.media.sweep;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.Dependent;

import io.quarkus.arc.Unremovable;

import dev.drover.jobs.media.Given;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.ProcessingLedger;
import dev.drover.platform.medialedger.UploadTerms;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.ObjectKey;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Sha256;
import dev.drover.platform.outbox.OutboxEntry;

/** The files of an account of a test's own, in every state a sweep may find them in. */
@Dependent
@Unremovable
class SweptFiles {

    static final byte[] TEXT = "the herd stands".getBytes(StandardCharsets.UTF_8);

    private final String owner = "usr_" + Ids.derive(UUID.randomUUID().toString());
    private final MediaLedger ledger;
    private final ProcessingLedger processing;
    private final ObjectStore store;

    SweptFiles(MediaLedger ledger, ProcessingLedger processing, ObjectStore store) {
        this.ledger = ledger;
        this.processing = processing;
        this.store = store;
    }

    String owner() {
        return owner;
    }

    NewMedia file() {
        MediaId id = MediaId.of(owner, Ids.derive(UUID.randomUUID().toString()));
        return new NewMedia(id, owner, "herd.txt", content(), MediaPurpose.FILE);
    }

    NewMedia pending(UploadTerms terms) {
        NewMedia file = file();
        ledger.open(file, terms);
        return file;
    }

    NewMedia ready() {
        NewMedia file = pending(Given.TERMS);
        put(file);
        verify(file);
        processing.begin(file.id(), 1);
        processing.ready(
                file.id(),
                1,
                List.of(),
                new OutboxEntry.Event(
                        "user:" + owner + ":events",
                        "evt_" + Ids.derive(file.id().value()),
                        "{}"));
        return file;
    }

    void verify(NewMedia file) {
        JobId job = new JobId(new QueueName("media"), Ids.derive(file.id().value()));
        ledger.verify(owner, file.id(), new OutboxEntry.Job(job.toString(), "media.process", owner, "{}"));
    }

    void put(NewMedia file) {
        store.put(original(file), TEXT, file.content());
    }

    static ExactContent content() {
        return new ExactContent(TEXT.length, "text/plain", Sha256.of(TEXT));
    }

    static ObjectKey original(NewMedia file) {
        return MediaKeys.object(file.owner(), file.id(), VariantName.ORIGINAL);
    }
}
