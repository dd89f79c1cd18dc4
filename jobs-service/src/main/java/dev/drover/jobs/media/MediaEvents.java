package dev.drover.jobs.media;

import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaName;
import dev.drover.platform.medialedger.MediaVariant;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.outbox.OutboxEntry;

/** What the owner is told on {@code user:{sub}:events}. The message's id is a function of the file's, so it is told once. */
public final class MediaEvents {

    /** Why a file is quarantined that was lost. */
    public static final String LOST = Unfit.MISSING.word();

    private final ObjectMapper json;

    public MediaEvents(ObjectMapper json) {
        this.json = json;
    }

    /** {@code {"event":"media.ready","mediaId":…,"variants":["avatar64",…]}} */
    OutboxEntry.Event ready(NewMedia media, List<MediaVariant> variants) {
        ObjectNode data = data("media.ready", media.id());
        ArrayNode names = data.putArray("variants");
        variants.forEach(variant -> names.add(variant.name().word()));
        return event(media, data);
    }

    /** {@code {"event":"media.quarantined","mediaId":…,"reason":…}} */
    OutboxEntry.Event quarantined(NewMedia media, Unfit reason) {
        return event(media, data("media.quarantined", media.id()).put("reason", reason.word()));
    }

    /** The same for a file that was ready and whose object is no longer in the store. */
    public OutboxEntry.Event lost(MediaName name) {
        return new OutboxEntry.Event(
                ChannelName.eventsOf(name.owner()).value(),
                "evt_" + Ids.derive("media.lost", name.id().value()),
                data("media.quarantined", name.id()).put("reason", LOST).toString());
    }

    private ObjectNode data(String event, MediaId id) {
        return json.createObjectNode().put("event", event).put("mediaId", id.value());
    }

    private static OutboxEntry.Event event(NewMedia media, ObjectNode data) {
        return new OutboxEntry.Event(
                ChannelName.eventsOf(media.owner()).value(),
                "evt_" + Ids.derive("media.settled", media.id().value()),
                data.toString());
    }
}
