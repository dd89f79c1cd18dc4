package dev.drover.lab.prove.user;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.PublicApi;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Herd;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry.Kind;
import dev.drover.lab.prove.ledger.Ledger;

/**
 * What all users have in common.
 *
 * @param tag names what this proof makes, so that several can run on one suite, one after the other
 */
public record World(PublicApi api, Ledger ledger, Herd herd, String tag) {
    public String queue() {
        return "proof-" + tag;
    }

    public String schedule() {
        return "proof-" + tag;
    }

    public String flag() {
        return "proof-" + tag;
    }

    public String room(int number) {
        return "public:proof-" + tag + "-" + number;
    }

    /** Any instance of a service that is ready now; none while the fleet cannot be asked. */
    public List<Member> someOf(String service) throws InterruptedException {
        try {
            List<Member> ready = herd.ready(service);
            return ready.isEmpty()
                    ? List.of()
                    : List.of(ready.get(ThreadLocalRandom.current().nextInt(ready.size())));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Sends what was acknowledged again, to any instance of the service: it must name what the first answer named. */
    void repeat(Call call, String service, String first, Function<JsonObject, String> named)
            throws InterruptedException {
        for (Member member : someOf(service)) {
            Reply again = api.once(member.url(), call);
            if (again.isDone()) {
                ledger.observed(
                        Kind.REPEATED,
                        new JsonObject()
                                .put("first", first)
                                .put("again", named.apply(again.json()))
                                .put("instance", member.id()));
            }
        }
    }

    static String word(RandomGenerator random) {
        return Long.toString(random.nextLong(1L << 40), 36);
    }
}
