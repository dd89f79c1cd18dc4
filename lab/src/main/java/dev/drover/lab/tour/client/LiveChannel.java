package dev.drover.lab.tour.client;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What one subscriber got on one channel, in the order of arrival, and the position it has reached. */
public final class LiveChannel {

    private final String name;
    private final List<JsonNode> messages = new ArrayList<>();
    private final List<JsonNode> troubles = new ArrayList<>();
    private String epoch;
    private long offset;

    LiveChannel(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    synchronized ObjectNode subscription() {
        ObjectNode frame = LiveSocket.frame("subscribe").put("channel", name);
        if (epoch != null) {
            frame.putObject("since").put("epoch", epoch).put("offset", offset);
        }
        return frame;
    }

    synchronized void accept(JsonNode frame) {
        switch (frame.path("type").asText()) {
            // Only what was delivered moves the position; a recovery announces what is still to come.
            case "recovered" -> {}
            case "message" -> {
                messages.add(frame);
                reached(frame);
            }
            case "subscribed" -> {
                if (epoch == null) {
                    reached(frame);
                }
            }
            default -> {
                troubles.add(frame);
                if (frame.has("epoch")) {
                    reached(frame);
                }
            }
        }
    }

    private void reached(JsonNode frame) {
        epoch = frame.path("epoch").asText();
        offset = frame.path("offset").asLong();
    }

    public synchronized boolean isSubscribed() {
        return epoch != null;
    }

    public synchronized List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    /** Gaps and refusals: an undisturbed subscriber has none. */
    public synchronized List<JsonNode> troubles() {
        return List.copyOf(troubles);
    }
}
