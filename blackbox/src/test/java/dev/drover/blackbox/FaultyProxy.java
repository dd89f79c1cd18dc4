package dev.drover.blackbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

import dev.drover.blackbox.ProxyWire.Answer;
import dev.drover.blackbox.ProxyWire.Request;

/** What stands before a suite and breaks a promise of it: HTTP/1.1 requests one by one, and WebSockets frame by frame. */
final class FaultyProxy implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServerSocket server;
    private final URI suite;
    private final Fault fault;

    FaultyProxy(URI suite, Fault fault) {
        this.suite = suite;
        this.fault = fault;
        try {
            this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** What it does otherwise than it should. */
    interface Fault {
        /** As it should be, what the suite says. */
        default Answer answer(Request request, Onward onward) throws IOException, InterruptedException {
            return onward.ask(request);
        }

        /** One for each WebSocket; called when it is opened, and may take its time. */
        default Frames socket() throws InterruptedException {
            return frame -> Passing.ON;
        }
    }

    /** The suite behind it. */
    interface Onward {
        Answer ask(Request request) throws IOException, InterruptedException;

        /** An instance that is none of the suite's. */
        Answer askAt(URI instance, Request request) throws IOException, InterruptedException;
    }

    /** What becomes of the text frames of one WebSocket, on their way to the client. */
    interface Frames {
        Passing take(String frame);
    }

    enum Passing {
        ON,
        DROPPED,
        /** The connection ends, as when its instance dies. */
        CUT
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // it was closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            Behind behind = new Behind();
            for (Optional<Request> next = ProxyWire.read(in); next.isPresent(); next = ProxyWire.read(in)) {
                Request request = next.get();
                if (request.header("upgrade").equalsIgnoreCase("websocket")) {
                    tunnel(request, in, out);
                    return;
                }
                ProxyWire.write(fault.answer(request, behind), out);
            }
        } catch (IOException e) {
            // Either end has gone; the client asks again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Behind implements Onward {
        @Override
        public Answer ask(Request request) throws IOException, InterruptedException {
            return askAt(suite, request);
        }

        @Override
        public Answer askAt(URI instance, Request request) throws IOException, InterruptedException {
            HttpRequest.Builder passed = HttpRequest.newBuilder(instance.resolve(request.path()))
                    .method(
                            request.method(),
                            request.body().length == 0
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(request.body()));
            request.headers().forEach((name, value) -> {
                if (!ProxyWire.isOfTheHop(name)) {
                    passed.header(name, value);
                }
            });
            HttpResponse<byte[]> answer = http.send(passed.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
        }
    }

    private void tunnel(Request request, InputStream in, OutputStream out) throws IOException, InterruptedException {
        Frames frames = fault.socket();
        try (Socket upstream = new Socket(suite.getHost(), suite.getPort())) {
            ProxyWire.write(request, upstream.getOutputStream());
            Thread.ofVirtual().start(() -> {
                try (upstream) {
                    in.transferTo(upstream.getOutputStream());
                } catch (IOException e) {
                    // The other end has closed, and its reader sees that.
                }
            });
            InputStream down = new BufferedInputStream(upstream.getInputStream());
            ProxyWire.passHead(down, out);
            while (ProxyWire.passFrame(down, out, frames)) {
                out.flush();
            }
        }
    }
}
