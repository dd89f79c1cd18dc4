package dev.drover.lab.prove.user;

import java.util.Optional;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** Reading a profile anywhere and changing what was read. */
final class Profiles {
    static final String WORK = "profiles";
    private static final String MINE = "/profiles/me";

    private Profiles() {}

    record Change() implements SessionActivity {
        @Override
        public String work() {
            return WORK;
        }

        @Override
        public int weight() {
            return 14;
        }

        @Override
        public void perform(User user, Session session) throws InterruptedException {
            Reply last = change(user.world(), session.accessToken(), user.account(), World.word(user.random()));
            user.heed(session, last);
        }
    }

    /** Straight from an instance, which did not see the writes. */
    record Read() implements SessionActivity {
        @Override
        public String work() {
            return WORK;
        }

        @Override
        public int weight() {
            return 14;
        }

        @Override
        public void perform(User user, Session session) throws InterruptedException {
            World world = user.world();
            for (Member member : world.someOf("profile")) {
                long began = world.ledger().now();
                Reply reply = world.api().once(member.url(), Call.get(MINE).by(session.accessToken()));
                if (reply.isDone()) {
                    observe(world, user.account(), reply, began, member.id());
                }
            }
        }
    }

    /** One account that everybody changes at once: only compare-and-set keeps the count. */
    record Count(Commons commons) implements Activity {
        @Override
        public String work() {
            return WORK;
        }

        @Override
        public int weight() {
            return 5;
        }

        @Override
        public void perform(User user) throws InterruptedException {
            Optional<String> token = commons.token();
            if (token.isPresent()) {
                change(user.world(), token.get(), commons.account(), World.word(user.random()));
            }
        }
    }

    /** @return the last answer */
    private static Reply change(World world, String token, String account, String value) throws InterruptedException {
        long began = world.ledger().now();
        Reply read = world.api().send(Call.get(MINE).by(token));
        if (!read.isDone()) {
            return read;
        }
        observe(world, account, read, began, read.servedBy());
        String tag = read.header("ETag").orElse("\"0\"");
        JsonObject what =
                new JsonObject().put("account", account).put("value", value).put("ifMatch", version(tag));
        Reply written = world.api()
                .send(Call.mergePatch(MINE, tag, new JsonObject().put("bio", value))
                        .by(token));
        if (written.isDone()) {
            // A repeat is answered with the profile as it stands then, which may be further on.
            long version = version(written.header("ETag").orElse("\"0\""));
            world.ledger()
                    .acknowledged(
                            Kind.PROFILE_WRITTEN,
                            what.put("version", version)
                                    .put("attempts", written.attempts())
                                    .put("shows", written.json().getString("bio"))
                                    .put("by", written.servedBy()));
        } else if (written.isUnknown() || written.unsure()) {
            world.ledger().unknown(Kind.PROFILE_WRITTEN, what.put("code", written.code()));
        }
        return written;
    }

    private static void observe(World world, String account, Reply reply, long began, String instance) {
        world.ledger()
                .observed(
                        Kind.PROFILE_READ,
                        new JsonObject()
                                .put("account", account)
                                .put("version", version(reply.header("ETag").orElse("\"0\"")))
                                .put("value", reply.json().getString("bio"))
                                .put("began", began)
                                .put("instance", instance));
    }

    static long version(String tag) {
        String digits = tag.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }
}
