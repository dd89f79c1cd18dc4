package dev.drover.lab.control;

import java.util.Optional;
import java.util.function.Supplier;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.access.Access;
import dev.drover.lab.access.Requests;
import dev.drover.lab.gateway.Problems;
import dev.drover.lab.mailbox.MailboxApi;
import dev.drover.lab.queues.QueuesApi;
import dev.drover.lab.room.RoomApi;

/** The lab's own pages and API, beside the services on the gateway's port. {@link Access} says who may do what. */
public final class ControlApi implements Handler<HttpServerRequest> {
    private final Supplier<JsonObject> fleet;
    private final Optional<MailboxApi> mailbox;
    private final QueuesApi queues;
    private final RoomApi room;
    private final Access access;
    private final LabPages pages;

    /**
     * @param fleet       answers {@code /lab/fleet}, on the event loop
     * @param mailbox     what was mailed, when mails come here
     * @param storeOrigin where pages of the lab may send uploads to and load pictures from; empty for nowhere else
     */
    public ControlApi(
            Supplier<JsonObject> fleet,
            Optional<MailboxApi> mailbox,
            QueuesApi queues,
            RoomApi room,
            Access access,
            String storeOrigin) {
        this.fleet = fleet;
        this.mailbox = mailbox;
        this.queues = queues;
        this.room = room;
        this.access = access;
        this.pages = new LabPages(storeOrigin);
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!access.isForThisHost(request)) {
            Problems.send(request, 421, "misdirected", "Not this host", "ask by the name this room was given");
        } else if (request.path().equals("/lab/fleet")) {
            look(request, () -> Requests.sendJson(request, fleet.get()));
        } else if (request.path().equals(MailboxApi.PATH) && !MailboxApi.isForPage(request)) {
            look(request, () -> sendMails(request));
        } else if (!room.handle(request) && !queues.handle(request) && !pages.serve(request)) {
            Problems.send(
                    request,
                    404,
                    "not_found",
                    "There is nothing here",
                    "No service and no page of the lab has this path.");
        }
    }

    private void look(HttpServerRequest request, Runnable then) {
        if (Requests.is(HttpMethod.GET, request) && access.mayLook(request)) {
            then.run();
        }
    }

    private void sendMails(HttpServerRequest request) {
        if (mailbox.isPresent()) {
            mailbox.get().send(request);
        } else {
            Problems.send(request, 404, "no_mailbox", "No mailbox", "the mails of this suite do not come here");
        }
    }
}
