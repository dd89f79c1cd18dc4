package dev.drover.platform.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between client and Redis, and on demand takes commands there and cuts the connection instead of bringing the answer back. */
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int redisPort;
    private volatile boolean cutting;

    CuttingProxy(int redisPort) throws IOException {
        this.redisPort = redisPort;
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** From now on no answer to anything but a handshake comes back. */
    void cutAnswers() {
        cutting = true;
    }

    void bringAnswers() {
        cutting = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort);
                Thread.ofVirtual().start(() -> copy(client, redis, false));
                Thread.ofVirtual().start(() -> copy(redis, client, true));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void copy(Socket from, Socket to, boolean isAnswer) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            boolean isFirst = true;
            int length;
            while ((length = in.read(buffer)) > 0) {
                if (isAnswer && cutting && !isFirst) {
                    return;
                }
                // The first answer on a connection is that of the handshake.
                isFirst = false;
                out.write(buffer, 0, length);
            }
        } catch (IOException gone) {
            // One side has hung up; closing both tells the other.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
