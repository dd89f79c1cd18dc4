package dev.drover.lab.prove.user;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.ledger.Entry.Kind;

/**
 * Jobs of several kinds on the proof's own queue, which {@link Hand}s work on: at once, later, in groups, after another one, failing at
 * first, and several in one request.
 */
final class Submissions implements SessionActivity {
    static final String WORK = "jobs";
    private static final int REMEMBERED_MAX = 20;

    /** Each user's thread asks only for what itself has added, so one list of the latest is enough for all. */
    private final Deque<String> latest = new ArrayDeque<>();

    @Override
    public String work() {
        return WORK;
    }

    @Override
    public int weight() {
        return 12;
    }

    @Override
    public void perform(User user, Session session) throws InterruptedException {
        if (user.random().nextInt(8) == 0) {
            bulk(user, session);
            return;
        }
        JsonObject job = drawn(user);
        Call call = Call.post("/jobs", job).by(session.accessToken());
        Reply reply = user.world().api().send(call);
        JsonObject what = new JsonObject()
                .put("account", user.account())
                .put("failures", job.getJsonObject("payload").getInteger("failures"));
        if (reply.isDone()) {
            String id = reply.json().getString("id");
            user.world()
                    .ledger()
                    .acknowledged(Kind.JOB_ACCEPTED, what.put("id", id).put("by", reply.servedBy()));
            remember(user.number() + " " + id);
            if (user.random().nextInt(4) == 0) {
                user.world().repeat(call, "jobs", id, again -> again.getString("id"));
            }
        } else if (reply.isUnknown()) {
            user.world().ledger().unknown(Kind.JOB_ACCEPTED, what.put("code", reply.code()));
        } else {
            user.heed(session, reply);
        }
    }

    private static void bulk(User user, Session session) throws InterruptedException {
        JsonArray jobs = new JsonArray();
        for (int i = 0; i < 4; i++) {
            jobs.add(plain(user));
        }
        Reply reply = user.world()
                .api()
                .send(Call.post("/jobs/bulk", new JsonObject().put("jobs", jobs))
                        .by(session.accessToken()));
        if (!reply.isDone()) {
            return;
        }
        for (Object one : reply.json().getJsonArray("results", new JsonArray())) {
            String id = ((JsonObject) one).getString("id");
            if (id != null) {
                user.world()
                        .ledger()
                        .acknowledged(
                                Kind.JOB_ACCEPTED,
                                new JsonObject()
                                        .put("account", user.account())
                                        .put("failures", 0)
                                        .put("id", id)
                                        .put("by", reply.servedBy()));
            }
        }
    }

    private JsonObject drawn(User user) {
        JsonObject job = plain(user);
        switch (user.random().nextInt(6)) {
            case 0 -> job.put("delay", "PT2S");
            case 1 -> job.put("group", "g" + user.random().nextInt(3));
            case 2 -> job.put("priority", user.random().nextInt(10));
            case 3 -> {
                job.getJsonObject("payload").put("failures", 1);
                job.put("backoff", new JsonObject().put("kind", "fixed").put("delay", "PT0.5S"));
            }
            case 4 -> remembered(user.number() + " ").ifPresent(id -> job.put("dependsOn", new JsonArray().add(id)));
            default -> {}
        }
        return job;
    }

    private static JsonObject plain(User user) {
        return new JsonObject()
                .put("queue", user.world().queue())
                .put("type", "work.count")
                .put(
                        "payload",
                        new JsonObject()
                                .put("name", World.word(user.random()))
                                .put("failures", 0)
                                .put("overstay", user.random().nextInt(25) == 0));
    }

    private synchronized void remember(String ownerAndId) {
        latest.addLast(ownerAndId);
        if (latest.size() > REMEMBERED_MAX) {
            latest.removeFirst();
        }
    }

    private synchronized Optional<String> remembered(String owner) {
        return latest.stream()
                .filter(entry -> entry.startsWith(owner))
                .map(entry -> entry.substring(owner.length()))
                .findFirst();
    }
}
