package dev.drover.lab.control;

import java.time.Clock;
import java.util.function.ToIntFunction;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.access.Access;
import dev.drover.lab.access.Requests;
import dev.drover.lab.fleet.Fleet;
import dev.drover.lab.gateway.Problems;
import dev.drover.lab.mailbox.MailboxApi;
import dev.drover.lab.room.RoomApi;

/** The lab's own pages and API, beside the services on the gateway's port. {@link Access} says who may do what. */
public final class ControlApi implements Handler<HttpServerRequest> {
    private final Fleet fleet;
    private final ToIntFunction<String> inFlight;
    private final MailboxApi mailbox;
    private final RoomApi room;
    private final Access access;
    private final LabPages pages;
    private final Clock clock;

    /** @param storeOrigin where pages of the lab may send uploads to and load pictures from; empty for nowhere else */
    public ControlApi(
            Fleet fleet,
            ToIntFunction<String> inFlight,
            MailboxApi mailbox,
            RoomApi room,
            Access access,
            String storeOrigin,
            Clock clock) {
        this.fleet = fleet;
        this.inFlight = inFlight;
        this.mailbox = mailbox;
        this.room = room;
        this.access = access;
        this.pages = new LabPages(storeOrigin);
        this.clock = clock;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!access.isForThisHost(request)) {
            Problems.send(request, 421, "misdirected", "Not this host", "ask for localhost");
        } else if (request.path().equals("/lab/fleet")) {
            look(request, () -> sendFleet(request));
        } else if (request.path().equals(MailboxApi.PATH) && !MailboxApi.isForPage(request)) {
            look(request, () -> mailbox.send(request));
        } else if (!room.handle(request) && !pages.serve(request)) {
            Problems.send(
                    request, 404, "not_found", "Nothing is here", "no service and no page of the lab has this path");
        }
    }

    private void look(HttpServerRequest request, Runnable then) {
        if (Requests.is(HttpMethod.GET, request) && access.mayLook(request)) {
            then.run();
        }
    }

    private void sendFleet(HttpServerRequest request) {
        Requests.sendJson(
                request,
                new JsonObject()
                        .put("at", clock.instant().toString())
                        .put("instances", FleetView.of(fleet.instances(), inFlight))
                        .put("troubles", FleetView.ofTroubles(fleet.troubles())));
    }
}
