package dev.drover.media.upload;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drover.media.MediaError;
import dev.drover.platform.idempotency.RecordedAnswer;
import dev.drover.platform.idempotency.ReplayCheck;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaState;

/** A grant is given again while it can be used: its URL has not expired and the upload is still to be made. */
@Singleton
final class UploadReplayCheck implements ReplayCheck {

    private static final int CREATED = 201;

    private final MediaLedger ledger;
    private final ObjectMapper json;
    private final Clock clock;

    UploadReplayCheck(MediaLedger ledger, ObjectMapper json, Clock clock) {
        this.ledger = ledger;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public boolean stillHolds(RecordedAnswer answer) {
        if (answer.route().equals(PartsResource.ROUTE)) {
            // Signing anew costs nothing and is never out of date.
            return false;
        }
        if (!answer.route().equals(UploadResource.ROUTE)) {
            return true;
        }
        if (answer.status() != CREATED) {
            // Where the quota had no room, there may be some now.
            return answer.status() != MediaError.MEDIA_QUOTA_EXCEEDED.kind().status();
        }
        JsonNode upload = read(answer.body());
        if (!upload.hasNonNull("expiresAt")) {
            // It was made already, or goes in parts; the present state is told.
            return false;
        }
        return clock.instant().isBefore(Instant.parse(upload.path("expiresAt").asText()))
                && ledger.find(answer.caller(), new MediaId(upload.path("id").asText()))
                        .filter(item -> item.state() == MediaState.PENDING)
                        .isPresent();
    }

    private JsonNode read(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new IllegalStateException("a recorded grant is not JSON", e);
        }
    }
}
