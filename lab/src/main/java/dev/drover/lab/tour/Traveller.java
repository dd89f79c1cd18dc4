package dev.drover.lab.tour;

import java.net.URI;

import dev.drover.lab.tour.client.Fleet;
import dev.drover.lab.tour.client.HttpApi;
import dev.drover.lab.tour.client.LiveSocket;
import dev.drover.lab.tour.client.TourFailure;

/** Who takes the tour: what the person has in hand after each step, and nothing the suite would have to remember for them. */
public final class Traveller implements AutoCloseable {

    private final URI gateway;
    private final Fleet fleet;
    private final Narration narration;
    private Login login;
    private LiveSocket socket;

    Traveller(URI gateway, Fleet fleet, Narration narration) {
        this.gateway = gateway;
        this.fleet = fleet;
        this.narration = narration;
    }

    public URI gateway() {
        return gateway;
    }

    public Fleet fleet() {
        return fleet;
    }

    public Narration tell() {
        return narration;
    }

    /** Not logged in. */
    public HttpApi anyone() {
        return HttpApi.at(gateway);
    }

    public HttpApi byToken() {
        return anyone().byToken(login().accessToken());
    }

    public HttpApi byCookie() {
        return anyone().byCookie(login().cookie(), gateway);
    }

    public Login login() {
        if (login == null) {
            throw new IllegalStateException("not logged in yet");
        }
        return login;
    }

    public void loggedIn(Login fresh) {
        login = fresh;
    }

    public LiveSocket socket() {
        if (socket == null) {
            throw new TourFailure("the socket", "an open one", "none", gateway.toString());
        }
        return socket;
    }

    public void connected(LiveSocket fresh) {
        socket = fresh;
    }

    public String eventsChannel() {
        return "user:" + login().sub() + ":events";
    }

    /** A channel of the person's own, on which they may also publish. */
    public String ownChannel() {
        return "user:" + login().sub() + ":tour";
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }

    /** @param servedBy the instance at which the login happened */
    public record Login(String sub, String accessToken, String cookie, String servedBy) {

        @Override
        public String toString() {
            return "Login[sub=" + sub + ", servedBy=" + servedBy + ", ***]";
        }
    }
}
