package dev.drover.lab.prove.user;

import java.util.Optional;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** Takes more than its quota: asks for uploads it does not make, of all instances in turn. */
final class Glutton {
    static final String WORK = "limits";
    /** Of a larger quota a proof would spend its time on nothing else. */
    private static final long UNITS_MAX = 300;

    private final User user;

    Glutton(User user) {
        this.user = user;
    }

    /** One bite; the quota is stated with every answer, so any configuration of it is judged. */
    void bite() throws InterruptedException {
        Optional<Session> session = user.session();
        if (session.isEmpty()) {
            return;
        }
        World world = user.world();
        for (Member member : world.someOf("media")) {
            long began = world.ledger().now();
            Reply reply = world.api()
                    .once(
                            member.url(),
                            Call.post("/media/uploads", announced())
                                    .by(session.get().accessToken()));
            Optional<long[]> policy = reply.header("RateLimit-Policy").flatMap(Glutton::policy);
            // Without its standing the answer was given while nobody counted: the quota lets go when Redis is gone.
            boolean counted = reply.header("RateLimit").isPresent();
            if (!counted || policy.isEmpty() || policy.get()[0] > UNITS_MAX) {
                continue;
            }
            world.ledger()
                    .observed(
                            Kind.UNIT_ASKED,
                            new JsonObject()
                                    .put("account", user.account())
                                    .put("given", reply.status() == 201)
                                    .put("status", reply.status())
                                    .put("units", policy.get()[0])
                                    .put("windowSeconds", policy.get()[1])
                                    .put("began", began)
                                    .put("instance", member.id()));
        }
    }

    /** {@code "upload";q=100;w=300} */
    private static Optional<long[]> policy(String header) {
        var found = java.util.regex.Pattern.compile(";q=(\\d+);w=(\\d+)").matcher(header);
        return found.find()
                ? Optional.of(new long[] {Long.parseLong(found.group(1)), Long.parseLong(found.group(2))})
                : Optional.empty();
    }

    private JsonObject announced() {
        byte[] one = {(byte) user.random().nextInt()};
        return new Content("never.txt", "text/plain", one).announced();
    }
}
