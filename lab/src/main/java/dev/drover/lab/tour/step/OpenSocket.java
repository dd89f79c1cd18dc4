package dev.drover.lab.tour.step;

import java.time.Duration;

import dev.drover.lab.tour.TourStep;
import dev.drover.lab.tour.Traveller;
import dev.drover.lab.tour.client.LiveSocket;
import dev.drover.lab.tour.client.Patience;
import dev.drover.lab.tour.client.TourFailure;

/** The socket is open from here to the end; what it is told later is what the other steps caused. */
public final class OpenSocket implements TourStep {

    private static final Duration WITHIN = Duration.ofSeconds(10);

    @Override
    public String title() {
        return "Open a WebSocket and subscribe";
    }

    @Override
    public void walk(Traveller traveller) {
        long begun = System.nanoTime();
        String events = traveller.eventsChannel();
        String own = traveller.ownChannel();
        LiveSocket socket =
                LiveSocket.open(traveller.gateway(), traveller.login().accessToken(), events, own);
        traveller.connected(socket);
        boolean subscribed = Patience.until(
                WITHIN,
                () -> socket.channel(events).isSubscribed()
                        && socket.channel(own).isSubscribed());
        if (!subscribed) {
            throw new TourFailure(
                    "WebSocket /realtime, subscribe " + events + " and " + own,
                    "ready and two subscribed frames within " + WITHIN.toSeconds() + " s",
                    socket.lastTrouble() + " " + socket.channel(events).troubles()
                            + socket.channel(own).troubles(),
                    socket.session().instance());
        }
        traveller
                .tell()
                .done(
                        "subscribed to the events of the account and to a channel of its own",
                        socket.session().instance(),
                        Duration.ofNanos(System.nanoTime() - begun));
    }
}
