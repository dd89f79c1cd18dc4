package dev.drover.auth.mail;

import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.mail.MailJob;
import dev.drover.platform.redis.RedisCalls;

/** What waits in an account's outbox to be mailed, oldest first; nothing takes it out but a test that runs the errands. */
@Singleton
@Unremovable
public class SentMail {

    private final RedisCalls redis;

    SentMail(RedisCalls redis) {
        this.redis = redis;
    }

    public record Mail(String to, String subject, String text, String jobId) {

        /** What its link carries. */
        public String token() {
            return text.replaceAll("(?s).*#token=(\\S+).*", "$1");
        }
    }

    public List<Mail> to(String account) {
        List<Mail> all = new ArrayList<>();
        for (Response entry : redis.send(Command.XRANGE, MailKeys.outbox(account), "-", "+")) {
            Response fields = entry.get(1);
            String letter = MailJob.letter(new JsonObject(field(fields, "payload")))
                    .orElseThrow()
                    .toString();
            Response content = redis.send(Command.HMGET, letter, "to", "subject", "text");
            all.add(new Mail(
                    content.get(0).toString(),
                    content.get(1).toString(),
                    content.get(2).toString(),
                    field(fields, "id")));
        }
        return all;
    }

    public Mail lastTo(String account) {
        return to(account).getLast();
    }

    private static String field(Response pairs, String name) {
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            if (pairs.get(i).toString().equals(name)) {
                return pairs.get(i + 1).toString();
            }
        }
        throw new AssertionError("no field " + name);
    }
}
