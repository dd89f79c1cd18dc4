package dev.drover.lab.prove.user;

import java.util.List;
import java.util.Optional;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;

/**
 * Whether what was accepted has ended and what was published has arrived.
 *
 * @param admin asks for the queue; empty when there is none to be asked for
 */
record Settling(World world, Optional<AdminSession> admin, List<Follower> followers) {
    private static final List<String> STATES_OF_WORK = List.of("waiting", "active", "scheduled");
    private static final int NOT_FOUND = 404;

    boolean isOver() throws InterruptedException {
        return isQueueEmpty() && lagging().isEmpty();
    }

    /** Who has not got everything. */
    Optional<Follower> lagging() throws InterruptedException {
        for (Follower follower : followers) {
            Optional<String> token = follower.token();
            for (String channel : follower.channels()) {
                if (token.isEmpty() || !hasArrived(follower, channel, token.get())) {
                    return Optional.of(follower);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isQueueEmpty() throws InterruptedException {
        if (admin.isEmpty()) {
            return true;
        }
        Optional<String> token = admin.get().token();
        if (token.isEmpty()) {
            return false;
        }
        Reply queue = world.api().send(Call.get("/queues/" + world.queue()).by(token.get()));
        if (queue.status() == NOT_FOUND) {
            return true;
        }
        JsonObject counts = queue.json().getJsonObject("counts", new JsonObject());
        return queue.isDone() && STATES_OF_WORK.stream().allMatch(state -> counts.getLong(state, 0L) == 0);
    }

    private boolean hasArrived(Follower follower, String channel, String token) throws InterruptedException {
        Reply newest = world.api()
                .send(Call.get("/realtime/channels/" + channel + "/messages?limit=1")
                        .by(token));
        return newest.isDone()
                && follower.hasReached(
                        channel,
                        newest.json().getString("epoch", ""),
                        newest.json().getLong("offset", 0L));
    }
}
