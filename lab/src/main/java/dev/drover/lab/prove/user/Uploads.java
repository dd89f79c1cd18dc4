package dev.drover.lab.prove.user;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** Asking for a place, putting the bytes there, and saying so. What counts is the answer to the last of the three. */
record Uploads() implements SessionActivity {
    static final String WORK = "uploads";

    @Override
    public String work() {
        return WORK;
    }

    @Override
    public int weight() {
        return 5;
    }

    @Override
    public void perform(User user, Session session) throws InterruptedException {
        World world = user.world();
        String token = session.accessToken();
        Content content = Content.drawn(user.random());
        Reply granted = world.api()
                .send(Call.post("/media/uploads", content.announced()).by(token));
        if (!granted.isDone()) {
            user.heed(session, granted);
            return;
        }
        String id = granted.json().getString("id");
        String url = granted.json().getString("url");
        if (url == null
                || !world.api()
                        .put(url, granted.json().getJsonObject("headers"), content.bytes())
                        .isDone()) {
            return;
        }
        Reply complete =
                world.api().send(Call.post("/media/uploads/" + id + "/complete").by(token));
        enter(user, id, content, complete);
    }

    /** What became of an upload, by the answer to its end. */
    static void enter(User user, String id, Content content, Reply complete) {
        World world = user.world();
        JsonObject what = new JsonObject()
                .put("account", user.account())
                .put("id", id)
                .put("type", content.type())
                .put("bytes", content.bytes().length)
                .put("sha256", content.sha256());
        if (complete.isDone()) {
            world.ledger().acknowledged(Kind.FILE_STORED, what.put("by", complete.servedBy()));
        } else if (complete.isUnknown()) {
            world.ledger().unknown(Kind.FILE_STORED, what.put("code", complete.code()));
        }
    }
}
