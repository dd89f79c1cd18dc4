package dev.drover.blackbox;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

import dev.drover.blackbox.FaultyProxy.Fault;
import dev.drover.blackbox.FaultyProxy.Onward;
import dev.drover.blackbox.ProxyWire.Answer;
import dev.drover.blackbox.ProxyWire.Request;

/** Every other question of two kinds goes to an instance that does not share what the others do. */
final class Astray implements Fault {
    private final URI auth;
    private final URI media;
    private final AtomicInteger shown = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * @param auth  knows no session of the others
     * @param media counts quotas for itself
     */
    Astray(URI auth, URI media) {
        this.auth = auth;
        this.media = media;
    }

    @Override
    public Answer answer(Request request, Onward suite) throws IOException, InterruptedException {
        if (request.path().equals("/auth/me") && shown.incrementAndGet() % 2 == 0) {
            return suite.askAt(auth, request);
        }
        if (request.is("POST", "/media/uploads") && taken.incrementAndGet() % 2 == 0) {
            return suite.askAt(media, request);
        }
        return suite.ask(request);
    }
}
