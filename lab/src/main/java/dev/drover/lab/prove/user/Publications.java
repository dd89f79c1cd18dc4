package dev.drover.lab.prove.user;

import java.util.UUID;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** A message into one of the rooms, now and then twice under its id. */
record Publications(int rooms) implements SessionActivity {
    static final String WORK = "channels";

    @Override
    public String work() {
        return WORK;
    }

    @Override
    public int weight() {
        return 16;
    }

    @Override
    public void perform(User user, Session session) throws InterruptedException {
        World world = user.world();
        String channel = world.room(user.random().nextInt(rooms));
        JsonObject message = new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("data", new JsonObject().put("from", user.number()).put("word", World.word(user.random())));
        Call call = Call.post("/realtime/channels/" + channel + "/messages", message)
                .by(session.accessToken());
        Reply reply = world.api().send(call);
        JsonObject what = new JsonObject().put("channel", channel).put("id", message.getString("id"));
        if (reply.isDone()) {
            JsonObject place = reply.json();
            world.ledger()
                    .acknowledged(
                            Kind.MESSAGE_PUBLISHED,
                            what.put("epoch", place.getString("epoch"))
                                    .put("offset", place.getLong("offset"))
                                    .put("by", reply.servedBy()));
            if (user.random().nextInt(6) == 0) {
                String first = Long.toString(place.getLong("offset", -1L));
                world.repeat(call, "realtime", first, again -> Long.toString(again.getLong("offset", -2L)));
            }
        } else if (reply.isUnknown()) {
            world.ledger().unknown(Kind.MESSAGE_PUBLISHED, what);
        } else {
            user.heed(session, reply);
        }
    }
}
