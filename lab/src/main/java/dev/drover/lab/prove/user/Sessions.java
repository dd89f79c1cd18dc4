package dev.drover.lab.prove.user;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** Logging in and out, refreshing, and showing a session to any instance. */
final class Sessions {
    static final String WORK = "sessions";

    private Sessions() {}

    record LogIn() implements SessionActivity {
        @Override
        public String work() {
            return WORK;
        }

        @Override
        public int weight() {
            return 3;
        }

        @Override
        public void perform(User user, Session session) throws InterruptedException {
            if (!user.isSparing()) {
                user.logIn();
            }
        }
    }

    record Refresh() implements SessionActivity {
        @Override
        public String work() {
            return WORK;
        }

        @Override
        public int weight() {
            return 6;
        }

        @Override
        public void perform(User user, Session session) throws InterruptedException {
            user.refresh(session);
        }
    }

    /** The session is shown to the next best instances right after it was ended: none may take it. */
    record LogOut() implements SessionActivity {
        @Override
        public String work() {
            return WORK;
        }

        @Override
        public int weight() {
            return 3;
        }

        @Override
        public void perform(User user, Session session) throws InterruptedException {
            if (!user.isSparing() && user.logOut(session)) {
                show(user, session, "auth", "/auth/me", true);
                show(user, session, "profile", "/profiles/me", true);
            }
        }
    }

    record Show() implements SessionActivity {
        @Override
        public String work() {
            return WORK;
        }

        @Override
        public int weight() {
            return 8;
        }

        @Override
        public void perform(User user, Session session) throws InterruptedException {
            show(user, session, "auth", "/auth/me", false);
        }
    }

    private static void show(User user, Session session, String service, String path, boolean revoked)
            throws InterruptedException {
        for (Member member : user.world().someOf(service)) {
            long began = user.world().ledger().now();
            Reply reply = user.world().api().once(member.url(), Call.get(path).by(session.accessToken()));
            if (reply.isUnknown()) {
                return;
            }
            user.world()
                    .ledger()
                    .observed(
                            Kind.SESSION_SHOWN,
                            new JsonObject()
                                    .put("session", session.id())
                                    .put("began", began)
                                    .put("revoked", revoked)
                                    .put("instance", member.id())
                                    .put("status", reply.status()));
        }
    }
}
