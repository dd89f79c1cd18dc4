import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many WebSocket clients in one process, one virtual thread each. README.md explains what is measured; it prints Markdown. */
public class Crowd {

    static final int WARM_UP_SECONDS = 5;
    static final Pattern OFFSET = Pattern.compile("\"offset\":(\\d+)");
    static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]+)\"");
    static final Pattern SENT = Pattern.compile("\"data\":(\\d+)");

    static URI a;
    static URI b;
    static String token;
    static final AtomicLong received = new AtomicLong();
    static final AtomicInteger ready = new AtomicInteger();
    static volatile Latencies latencies = new Latencies(0);

    public static void main(String... args) throws Exception {
        a = URI.create(args[1]);
        b = URI.create(args[2]);
        token = args[3];
        switch (args[0]) {
            case "fan-out" -> {
                int seconds = Integer.parseInt(args[4]);
                fanOut(200, 1, seconds);
                fanOut(2_000, 1, seconds);
                fanOut(2_000, 200, seconds);
            }
            case "idle" -> idle(Integer.parseInt(args[4]), args[5], URI.create(args[6]));
            case "storm" -> storm(Integer.parseInt(args[4]), Integer.parseInt(args[5]), Long.parseLong(args[6]), args[7]);
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.exit(0);
    }

    static void fanOut(int sockets, int channels, int seconds) throws Exception {
        String prefix = "public:bench-" + System.nanoTime() + "-";
        List<Peer> peers = new ArrayList<>();
        ready.set(0);
        for (int i = 0; i < sockets; i++) {
            peers.add(Peer.open(i % 2 == 0 ? a : b, prefix + i % channels, null, 0));
        }
        await(sockets);
        int each = sockets / channels;
        publish(prefix, channels, WARM_UP_SECONDS, 16, 0);

        // As fast as it goes, with 16 messages on their way.
        long before = received.get();
        long begun = System.nanoTime();
        long published = publish(prefix, channels, seconds, 16, 0);
        settle(before + published * each);
        double took = (System.nanoTime() - begun) / 1e9;
        double rate = (received.get() - before) / took;
        if (received.get() - before != published * each) {
            throw new IllegalStateException("expected " + published * each + " deliveries, got " + (received.get() - before));
        }

        // At a third of that, so that it is the way of a message that is measured and not the queue before it.
        double perSecond = Math.max(1, rate / 3 / each);
        latencies = new Latencies((int) Math.min(5_000_000, perSecond * seconds * each * 2 + 10_000));
        long start = received.get();
        published = publish(prefix, channels, seconds, 1_000, perSecond);
        settle(start + published * each);
        System.out.printf(
                "| %d in %d | %.0f | %.0f | %.1f | %.1f |%n",
                sockets, channels, rate, perSecond * each, latencies.percentile(50), latencies.percentile(99));
        for (Peer peer : peers) {
            peer.close();
        }
        Thread.sleep(3_000);
    }

    /** @param perSecond 0 for as many as {@code window} messages without an answer allow */
    static long publish(String prefix, int channels, int seconds, int window, double perSecond) throws Exception {
        Peer[] publishers = {Peer.open(a, null, null, 0), Peer.open(b, null, null, 0)};
        Semaphore slots = new Semaphore(window);
        for (Peer publisher : publishers) {
            publisher.published = slots;
        }
        long begun = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
            if (!slots.tryAcquire(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a message was not acknowledged");
            }
            publishers[(int) (count % 2)].publish(prefix + count % channels, count);
            count++;
            if (perSecond > 0) {
                long ahead = (long) (count * 1e9 / perSecond) - (System.nanoTime() - begun);
                if (ahead > 0) {
                    TimeUnit.NANOSECONDS.sleep(ahead);
                }
            }
        }
        slots.acquire(window);
        for (Peer publisher : publishers) {
            publisher.close();
        }
        return count;
    }

    static void settle(long expected) throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (received.get() < expected && System.nanoTime() < deadline) {
            Thread.sleep(2);
        }
    }

    static void await(int sockets) throws InterruptedException {
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (ready.get() < sockets) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(ready + " of " + sockets + " sockets");
            }
            Thread.sleep(2);
        }
    }

    static void idle(int sockets, String pid, URI management) throws Exception {
        Peer.open(a, "public:warm", null, 0);
        await(1);
        long[] before = memory(pid, management);
        ready.set(0);
        for (int i = 0; i < sockets; i++) {
            Peer.open(a, "public:idle-" + i % 100, null, 0);
            if (i % 50 == 49) {
                await(i + 1 - 40);
            }
        }
        await(sockets);
        Thread.sleep(5_000);
        long[] after = memory(pid, management);
        System.out.printf(
                "| %d | %.1f KiB | %.1f KiB | %d MiB |%n",
                sockets,
                (after[0] - before[0]) / 1024.0 / sockets,
                (after[1] - before[1]) / 1024.0 / sockets,
                after[1] >> 20);
    }

    /** Heap in use after a collection, and resident memory. */
    static long[] memory(String pid, URI management) throws Exception {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        for (int i = 0; i < 3; i++) {
            new ProcessBuilder(jcmd, pid, "GC.run").start().waitFor();
            Thread.sleep(500);
        }
        String metrics = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(management.resolve("/q/metrics")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        double heap = metrics.lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{") && line.contains("area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
        String status = Files.readString(Path.of("/proc", pid, "status"));
        Matcher rss = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(status);
        rss.find();
        return new long[] {(long) heap, Long.parseLong(rss.group(1)) << 10};
    }

    static void storm(int sockets, int channels, long pid, String redis) throws Exception {
        String prefix = "public:storm-" + System.nanoTime() + "-";
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < sockets; i++) {
            peers.add(Peer.open(a, prefix + i % channels, null, 0));
        }
        await(sockets);
        Peer publisher = Peer.open(b, null, null, 0);
        publisher.published = new Semaphore(0);
        ProcessHandle dying = ProcessHandle.of(pid).orElseThrow();
        dying.destroyForcibly();
        dying.onExit().get();
        for (int i = 0; i < channels; i++) {
            publisher.publish(prefix + i, 1);
        }
        publisher.published.acquire(channels);
        long reads = calls(redis);
        long before = received.get();
        long begun = System.nanoTime();
        ready.set(0);
        List<Thread> connecting = new ArrayList<>();
        for (Peer peer : peers) {
            connecting.add(Thread.ofVirtual().start(() -> Peer.open(b, peer.channel, peer.epoch, peer.offset)));
        }
        for (Thread one : connecting) {
            one.join();
        }
        settle(before + sockets);
        System.out.printf(
                "| %d in %d | %.1f s | %d | %d |%n",
                sockets, channels, (System.nanoTime() - begun) / 1e9, received.get() - before, calls(redis) - reads);
    }

    /** Histories read from their end: the first read of a channel by an instance. */
    static long calls(String redis) throws IOException {
        URI at = URI.create(redis);
        try (Socket connection = new Socket(at.getHost(), at.getPort())) {
            connection.getOutputStream().write("INFO commandstats\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher calls = Pattern.compile("cmdstat_xrevrange:calls=(\\d+)").matcher(answer);
            return calls.find() ? Long.parseLong(calls.group(1)) : 0;
        }
    }

    /** Bounded; in microseconds. */
    static final class Latencies {
        final int[] micros;
        final AtomicInteger count = new AtomicInteger();

        Latencies(int max) {
            micros = new int[max];
        }

        void add(long nanos) {
            int at = count.getAndIncrement();
            if (at < micros.length) {
                micros[at] = (int) (nanos / 1_000);
            }
        }

        double percentile(int p) {
            int[] sorted = Arrays.copyOf(micros, Math.min(count.get(), micros.length));
            Arrays.sort(sorted);
            return sorted[(int) ((sorted.length - 1) * (p / 100.0))] / 1_000.0;
        }
    }

    static final class Peer {
        final Socket socket = new Socket();
        final String channel;
        volatile String epoch;
        volatile long offset;
        volatile Semaphore published;
        private DataInputStream in;
        private OutputStream out;

        private Peer(String channel, String epoch, long offset) {
            this.channel = channel;
            this.epoch = epoch;
            this.offset = offset;
        }

        static Peer open(URI at, String channel, String epoch, long offset) {
            Peer peer = new Peer(channel, epoch, offset);
            try {
                peer.connect(at);
            } catch (IOException e) {
                throw new IllegalStateException("no socket", e);
            }
            Thread.ofVirtual().start(peer::read);
            return peer;
        }

        private void connect(URI at) throws IOException {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(at.getHost(), at.getPort()), 30_000);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1_024));
            out = socket.getOutputStream();
            out.write(("GET /realtime HTTP/1.1\r\nHost: " + at.getAuthority() + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
                            + token + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            int state = 0;
            StringBuilder head = new StringBuilder();
            while (state < 4) {
                char c = (char) in.readUnsignedByte();
                head.append(c);
                state = c == (state % 2 == 0 ? '\r' : '\n') ? state + 1 : 0;
            }
            if (!head.toString().startsWith("HTTP/1.1 101")) {
                throw new IOException(head.toString());
            }
        }

        private void read() {
            try {
                while (true) {
                    int opcode = in.readUnsignedByte() & 0xF;
                    long length = in.readUnsignedByte();
                    length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
                    byte[] payload = in.readNBytes((int) length);
                    switch (opcode) {
                        case 1 -> take(new String(payload, StandardCharsets.UTF_8));
                        case 9 -> write(0x8A, payload);
                        case 8 -> {
                            return;
                        }
                        default -> {}
                    }
                }
            } catch (IOException e) {
                // It has ended.
            }
        }

        private void take(String frame) throws IOException {
            if (frame.startsWith("{\"type\":\"message\"")) {
                offset = number(OFFSET, frame);
                latencies.add(System.nanoTime() - number(SENT, frame));
                received.incrementAndGet();
            } else if (frame.startsWith("{\"type\":\"published\"")) {
                published.release();
            } else if (frame.startsWith("{\"type\":\"ready\"")) {
                if (channel != null) {
                    String since = epoch == null
                            ? ""
                            : ",\"since\":{\"epoch\":\"" + epoch + "\",\"offset\":" + offset + "}";
                    write(0x81, ("{\"type\":\"subscribe\",\"channel\":\"" + channel + "\"" + since + "}").getBytes(StandardCharsets.UTF_8));
                }
            } else if (frame.startsWith("{\"type\":\"subscribed\"") || frame.startsWith("{\"type\":\"recovered\"")) {
                Matcher at = EPOCH.matcher(frame);
                at.find();
                epoch = at.group(1);
                offset = frame.startsWith("{\"type\":\"subscribed\"") ? number(OFFSET, frame) : offset;
                ready.incrementAndGet();
            } else {
                System.err.println(frame);
            }
        }

        private static long number(Pattern pattern, String frame) {
            Matcher at = pattern.matcher(frame);
            return at.find() ? Long.parseLong(at.group(1)) : 0;
        }

        void publish(String to, long n) throws IOException {
            write(0x81, ("{\"type\":\"publish\",\"channel\":\"" + to + "\",\"id\":\"" + System.nanoTime() + "-" + n
                            + "\",\"data\":" + System.nanoTime() + "}")
                    .getBytes(StandardCharsets.UTF_8));
        }

        private synchronized void write(int first, byte[] payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
            frame.put((byte) first);
            if (payload.length < 126) {
                frame.put((byte) (0x80 | payload.length));
            } else {
                frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
            }
            // A mask of zeros: the payload stands as it is.
            frame.putInt(0).put(payload);
            out.write(frame.array(), 0, frame.position());
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
