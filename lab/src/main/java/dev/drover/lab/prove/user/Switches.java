package dev.drover.lab.prove.user;

import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** A flag that its admin changes all the time, and what each instance says of it. */
public final class Switches {
    static final String WORK = "flags";

    private final World world;
    private final AdminSession admin;
    private final SplittableRandom random;
    private long version;

    Switches(World world, AdminSession admin, long seed) {
        this.world = world;
        this.admin = admin;
        this.random = new SplittableRandom(seed);
    }

    /** Changes it, and asks every instance that is ready. */
    void turn() throws InterruptedException {
        Optional<String> token = admin.token();
        if (token.isEmpty()) {
            return;
        }
        write(token.get());
        try {
            for (Member member : world.herd().ready("profile")) {
                look(member, token.get());
            }
        } catch (IOException e) {
            // The fleet cannot be asked who is there; the next turn asks again.
        }
    }

    private void write(String token) throws InterruptedException {
        String value = World.word(random);
        Reply written = world.api().send(change(world.flag(), value, version == 0 ? "\"0\"" : "*", token));
        JsonObject what = new JsonObject().put("flag", world.flag()).put("value", value);
        if (written.isDone()) {
            version = Profiles.version(written.header("ETag").orElse("\"0\""));
            world.ledger()
                    .acknowledged(
                            Kind.FLAG_WRITTEN, what.put("version", version).put("by", written.servedBy()));
        } else {
            // Refused as not the first, the first was made by an attempt that was not answered.
            version = Math.max(version, written.status() == 412 ? 1 : 0);
            admin.doubt(written);
            world.ledger().unknown(Kind.FLAG_WRITTEN, what.put("code", written.code()));
        }
    }

    private void look(Member member, String token) throws InterruptedException {
        long began = world.ledger().now();
        Reply read = world.api().once(member.url(), evaluation(world.flag(), token));
        if (read.isDone()) {
            JsonObject metadata = read.json().getJsonObject("metadata", new JsonObject());
            world.ledger()
                    .observed(
                            Kind.FLAG_READ,
                            new JsonObject()
                                    .put("version", metadata.getLong("flagVersion", 0L))
                                    .put("value", read.json().getString("value"))
                                    .put("stale", metadata.getBoolean("stale", false))
                                    .put("began", began)
                                    .put("instance", read.servedBy()));
        }
    }

    /** @param ifMatch the tag of what it replaces */
    public static Call change(String flag, String value, String ifMatch, String token) {
        JsonObject document = new JsonObject()
                .put("type", "string")
                .put("variants", new JsonObject().put("shown", value))
                .put("defaultVariant", "shown");
        return Call.put("/flags/" + flag + "?why=A%20proof.", document)
                .with("If-Match", ifMatch)
                .by(token);
    }

    public static Call removal(String flag, String token) {
        return Call.delete("/flags/" + flag + "?why=A%20proof.")
                .with("If-Match", "*")
                .by(token);
    }

    public static Call evaluation(String flag, String token) {
        return Call.post("/ofrep/v1/evaluate/flags/" + flag, new JsonObject().put("context", new JsonObject()))
                .by(token);
    }
}
