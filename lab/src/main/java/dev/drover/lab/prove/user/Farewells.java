package dev.drover.lab.prove.user;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.PublicApi;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** Somebody who comes, leaves a profile and a file, and has all of it erased. */
record Farewells(World world, SplittableRandom random) {
    static final String WORK = "erasure";
    private static final int LOOKS = 25;
    private static final long LOOK_MILLIS = 200;

    void sayOne() throws InterruptedException {
        JsonObject credentials = new JsonObject()
                .put("email", "guest-" + World.word(random) + "@" + world.tag() + ".example.org")
                .put("password", "gone " + World.word(random) + " " + World.word(random));
        Reply made = world.api().send(Call.post("/auth/signup", credentials));
        Reply in = made.isDone() ? world.api().send(Call.post("/auth/login", credentials)) : made;
        if (!in.isDone()) {
            return;
        }
        String token = in.json().getString("accessToken");
        JsonObject what = credentials
                .copy()
                .put("account", made.json().getString("id"))
                .put("access", token)
                .put("link", link(world.api(), token, World.word(random)).orElse(""));
        JsonObject words = new JsonObject().put("bio", World.word(random));
        world.api().send(Call.mergePatch("/profiles/me", "\"0\"", words).by(token));
        Reply asked = world.api().send(Call.delete("/profiles/me").by(token));
        if (asked.isDone()) {
            world.ledger()
                    .acknowledged(
                            Kind.ACCOUNT_ERASED,
                            what.put("erasure", asked.json().getString("id")).put("by", asked.servedBy()));
        } else {
            world.ledger().unknown(Kind.ACCOUNT_ERASED, what.put("code", asked.code()));
        }
    }

    /** Where a file of theirs can be read; empty when none could be stored. */
    private static Optional<String> link(PublicApi api, String token, String text) throws InterruptedException {
        Content content = new Content("last-words.txt", "text/plain", text.getBytes(StandardCharsets.UTF_8));
        Reply granted =
                api.send(Call.post("/media/uploads", content.announced()).by(token));
        String id = granted.json().getString("id");
        String url = granted.json().getString("url");
        boolean stored = granted.isDone()
                && url != null
                && api.put(url, granted.json().getJsonObject("headers"), content.bytes())
                        .isDone()
                && api.send(Call.post("/media/uploads/" + id + "/complete").by(token))
                        .isDone();
        // It can be read once it has been examined.
        for (int look = 0; stored && look < LOOKS; look++) {
            Reply link = api.send(Call.get("/media/" + id + "/url").by(token));
            if (link.isDone()) {
                return Optional.ofNullable(link.json().getString("url"));
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return Optional.empty();
    }
}
