package dev.drover.lab.prove.user;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Herd.Admin;

/** Somebody with the role admin, for what only they may do: lease jobs, define schedules, change flags. Several threads use it. */
public final class AdminSession {
    private static final Pattern MAILED = Pattern.compile("#token=([A-Za-z0-9_.-]+)");
    private static final long RENEW_AFTER_MILLIS = 7 * 60_000;
    private static final int LOOKS = 30;
    private static final long LOOK_MILLIS = 500;

    private final World world;
    private final Admin admin;
    private final ReentrantLock lock = new ReentrantLock();
    private String token;
    private long since;

    private AdminSession(World world, Admin admin) {
        this.world = world;
        this.admin = admin;
    }

    /** Signs up who is to be the admin unless they are known, and confirms their address. Empty, with the reason told, when that fails. */
    public static Optional<AdminSession> begin(World world, Admin admin) throws InterruptedException {
        AdminSession session = new AdminSession(world, admin);
        world.api().send(Call.post("/auth/signup", session.credentials()));
        for (int look = 0; look < LOOKS; look++) {
            if (session.isAdmin()) {
                return Optional.of(session);
            }
            if (!admin.mailbox()) {
                return Optional.empty();
            }
            // The lab's own operator may be at the same: the link counts once, whoever follows it.
            session.confirmAddress();
            session.forget();
            Thread.sleep(LOOK_MILLIS);
        }
        return Optional.empty();
    }

    /** A token that is good for a while; empty while the suite gives none. */
    public Optional<String> token() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (token == null || world.ledger().now() - since > RENEW_AFTER_MILLIS) {
                Reply login = world.api().send(Call.post("/auth/login", credentials()));
                token = login.isDone() ? login.json().getString("accessToken") : null;
                since = world.ledger().now();
            }
            return Optional.ofNullable(token);
        } finally {
            lock.unlock();
        }
    }

    /** A refusal of the token itself makes the next one another. */
    void doubt(Reply refused) throws InterruptedException {
        if (refused.status() == 401) {
            forget();
        }
    }

    /** Roles are given at the log-in. */
    private void forget() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            token = null;
        } finally {
            lock.unlock();
        }
    }

    private boolean isAdmin() throws InterruptedException {
        Optional<String> given = token();
        if (given.isEmpty()) {
            return false;
        }
        Reply me = world.api().send(Call.get("/auth/me").by(given.get()));
        return me.json().getJsonArray("roles", new JsonArray()).contains("admin");
    }

    private void confirmAddress() throws InterruptedException {
        Reply mails = world.api()
                .ask(() -> world.herd().gateway(), Call.get("/lab/mailbox?to=" + admin.email()), Duration.ofSeconds(5));
        for (Object mail : mails.json().getJsonArray("mails", new JsonArray())) {
            Matcher mailed = MAILED.matcher(((JsonObject) mail).getString("text", ""));
            if (mailed.find()) {
                world.api().send(Call.post("/auth/verify-email", new JsonObject().put("token", mailed.group(1))));
                return;
            }
        }
    }

    private JsonObject credentials() {
        return new JsonObject().put("email", admin.email()).put("password", admin.password());
    }
}
