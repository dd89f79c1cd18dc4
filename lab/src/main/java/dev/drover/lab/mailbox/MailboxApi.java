package dev.drover.lab.mailbox;

import java.util.List;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** {@code GET /lab/mailbox?to=}: what the suite has mailed, as JSON. */
public final class MailboxApi {
    public static final String PATH = "/lab/mailbox";

    private final Mailbox mailbox;

    public MailboxApi(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Whether it is a browser that wants to see the page and not what it shows. */
    public static boolean isForPage(HttpServerRequest request) {
        String accept = request.getHeader("Accept");
        return request.getParam("to") == null && accept != null && accept.contains("text/html");
    }

    public void send(HttpServerRequest request) {
        String to = request.getParam("to");
        List<ReceivedMail> found = to == null ? mailbox.all() : mailbox.to(to);
        JsonArray mails = new JsonArray();
        found.forEach(mail -> mails.add(new JsonObject()
                .put("to", mail.to())
                .put("from", mail.from())
                .put("subject", mail.subject())
                .put("text", mail.text())
                .put("receivedAt", mail.receivedAt().toString())));
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(new JsonObject().put("mails", mails).encode());
    }
}
