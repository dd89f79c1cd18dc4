package dev.drover.lab.prove.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** One virtual person, who does one thing after the other. Only its own thread touches it. */
public final class User {
    private static final int SESSIONS_MAX = 3;
    /** Before the access token's ten minutes are over. */
    private static final long RENEW_AFTER_MILLIS = 7 * 60_000;

    private final int number;
    private final World world;
    private final SplittableRandom random;
    private final List<Session> sessions = new ArrayList<>();
    private String email;
    private String password;
    private String account;
    private long sparingUntilMillis;

    User(int number, World world, long seed) {
        this.number = number;
        this.world = world;
        this.random = new SplittableRandom(seed + number);
    }

    /** The same person at another device, for another thread. */
    User twin() {
        User twin = new User(number, world, random.nextLong());
        twin.email = email;
        twin.password = password;
        twin.account = account;
        return twin;
    }

    int number() {
        return number;
    }

    World world() {
        return world;
    }

    SplittableRandom random() {
        return random;
    }

    String account() {
        return account;
    }

    /** @return whether it has an account now */
    boolean signUp() throws InterruptedException {
        String address = "user-" + number + "." + World.word(random) + "@" + world.tag() + ".example.org";
        String secret = "herd " + World.word(random) + " " + World.word(random);
        Reply reply = world.api().send(Call.post("/auth/signup", credentials(address, secret)));
        if (reply.isDone()) {
            email = address;
            password = secret;
            account = reply.json().getString("id");
            world.ledger()
                    .acknowledged(Kind.ACCOUNT, credentials(address, secret).put("account", account));
            return true;
        }
        if (reply.isUnknown()) {
            world.ledger().unknown(Kind.ACCOUNT, credentials(address, secret));
        }
        return false;
    }

    Optional<Session> logIn() throws InterruptedException {
        if (sessions.size() >= SESSIONS_MAX) {
            logOut(sessions.getFirst());
        }
        Reply reply = world.api().send(Call.post("/auth/login", credentials(email, password)));
        if (!reply.isDone()) {
            if (reply.isUnknown()) {
                world.ledger().unknown(Kind.SESSION_OPENED, new JsonObject().put("account", account));
            }
            return Optional.empty();
        }
        Session session = Session.opened(reply, world.ledger().now());
        sessions.add(session);
        LogInQuota.of(reply)
                .ifPresent(quota -> sparingUntilMillis = world.ledger().now() + quota.sparingMillis());
        world.ledger()
                .acknowledged(
                        Kind.SESSION_OPENED,
                        tokens(session).put("account", account).put("by", reply.servedBy()));
        return Optional.of(session);
    }

    /** Whoever has few log-ins left keeps them for those it needs. */
    boolean isSparing() {
        return world.ledger().now() < sparingUntilMillis;
    }

    /** Trades the refresh token. One whose answer is lost for good leaves a session nobody can tell much of. */
    void refresh(Session session) throws InterruptedException {
        long began = world.ledger().now();
        Reply reply = world.api()
                .send(Call.post("/auth/refresh", new JsonObject().put("refreshToken", session.refreshToken())));
        JsonObject what = new JsonObject()
                .put("session", session.id())
                .put("previous", session.refreshToken())
                .put("began", began);
        if (reply.isDone()) {
            Session renewed = session.renewed(reply, world.ledger().now());
            sessions.replaceAll(each -> each.id().equals(session.id()) ? renewed : each);
            world.ledger()
                    .acknowledged(
                            Kind.SESSION_REFRESHED,
                            what.put("refresh", renewed.refreshToken()).put("access", renewed.accessToken()));
            return;
        }
        sessions.removeIf(each -> each.id().equals(session.id()));
        what.put("code", reply.code()).put("attempts", reply.attempts()).put("unsure", reply.unsure());
        if (reply.isUnknown() || reply.unsure()) {
            world.ledger().unknown(Kind.SESSION_REFRESHED, what);
        } else {
            world.ledger().observed(Kind.SESSION_REFRESHED, what);
        }
    }

    /** Whether the suite has said so: of an end without an answer nobody may expect anything. */
    boolean logOut(Session session) throws InterruptedException {
        sessions.removeIf(each -> each.id().equals(session.id()));
        Reply reply = world.api().send(Call.post("/auth/logout").by(session.accessToken()));
        JsonObject what = tokens(session);
        if (reply.isDone()) {
            world.ledger().acknowledged(Kind.SESSION_REVOKED, what);
        } else {
            world.ledger().unknown(Kind.SESSION_REVOKED, what.put("code", reply.code()));
        }
        return reply.isDone();
    }

    /** A live session that an instance refuses is an entry for the audit; its user logs in again. */
    void heed(Session session, Reply reply) {
        if (reply.status() != 401) {
            return;
        }
        sessions.removeIf(each -> each.id().equals(session.id()));
        world.ledger()
                .observed(
                        Kind.SESSION_SHOWN,
                        new JsonObject()
                                .put("session", session.id())
                                .put("began", world.ledger().now())
                                .put("revoked", false)
                                .put("instance", reply.servedBy())
                                .put("code", reply.code())
                                .put("status", reply.status()));
    }

    /** A session whose access token is good for a while; empty when the suite gives none now. */
    Optional<Session> session() throws InterruptedException {
        if (account == null && !signUp()) {
            return Optional.empty();
        }
        if (sessions.isEmpty()) {
            return logIn();
        }
        Session any = sessions.get(random.nextInt(sessions.size()));
        if (world.ledger().now() - any.renewedAtMillis() > RENEW_AFTER_MILLIS) {
            refresh(any);
            return sessions.stream().filter(each -> each.id().equals(any.id())).findFirst();
        }
        return Optional.of(any);
    }

    private static JsonObject tokens(Session session) {
        return new JsonObject()
                .put("session", session.id())
                .put("access", session.accessToken())
                .put("refresh", session.refreshToken())
                .put("cookie", session.cookie())
                .put("renewedAt", session.renewedAtMillis());
    }

    private static JsonObject credentials(String email, String password) {
        return new JsonObject().put("email", email).put("password", password);
    }
}
