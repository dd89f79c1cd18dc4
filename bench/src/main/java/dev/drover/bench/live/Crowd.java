package dev.drover.bench.live;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Many sockets in one process, a virtual thread each, that follow channels and count what comes. */
public final class Crowd implements AutoCloseable {

    private static final long LONGEST_MICROS = 60_000_000;
    private static final long RETURN_NANOS = 200_000_000;
    private static final int RETURN_DOUBLINGS_MAX = 4;
    private static final int TRIES_MAX = 50;
    private static final Duration PAUSE = Duration.ofMillis(2);
    /** Fewer than the frames a socket may have waiting: what is late is charged with its wait all the same. */
    private static final int UNANSWERED_MAX = 100;

    private final AtomicInteger joined = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private final Semaphore published = new Semaphore(UNANSWERED_MAX);
    private final List<Frames> sockets = new ArrayList<>();
    private final ReentrantLock opening = new ReentrantLock();
    private volatile Histogram waits = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final AtomicInteger returns = new AtomicInteger();
    private volatile Throwable failed;
    private volatile boolean closed;

    /** How a server is spoken to. */
    public interface Language {

        Frames open(URI base) throws IOException;

        /** Takes in a frame; answers what it asks for, and tells the crowd what it means. */
        void take(Crowd crowd, Member member, String frame) throws IOException;

        String publishing(String channel, long number, long sentNanos);
    }

    /** One socket. */
    public static final class Member {
        final Frames frames;
        final String channel;
        volatile String epoch;
        volatile long offset;

        private Member(Frames frames, String channel, String epoch, long offset) {
            this.frames = frames;
            this.channel = channel;
            this.epoch = epoch;
            this.offset = offset;
        }

        void send(String text) throws IOException {
            frames.send(text);
        }

        public void close() throws IOException {
            frames.close();
        }
    }

    /** @param channel null for one that follows nothing and publishes */
    public Member open(Language language, URI base, String channel) throws IOException {
        Member member = admitted(language, base, channel);
        Thread.ofVirtual().start(() -> listen(language, member));
        return member;
    }

    /** A server that has enough to do with those who came before says so. */
    private Member admitted(Language language, URI base, String channel) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return member(language, base, channel, null, 0);
            } catch (Frames.Busy refused) {
                if (tries == TRIES_MAX) {
                    throw refused;
                }
                LockSupport.parkNanos(RETURN_NANOS);
            }
        }
    }

    /**
     * Follows again from where the member was, and once more whenever that is refused or ends, as clients are told to: after a pause of its own that
     * grows.
     */
    public void comeBack(Language language, URI base, Member before) {
        Thread.ofVirtual().start(() -> {
            Member last = before;
            for (int tries = 0; !closed; tries++) {
                try {
                    last = member(language, base, last.channel, last.epoch, last.offset);
                    listen(language, last);
                } catch (IOException e) {
                    // Refused; the next try may not be.
                }
                returns.incrementAndGet();
                long longest = RETURN_NANOS << Math.min(tries, RETURN_DOUBLINGS_MAX);
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest));
            }
        });
    }

    /** How often somebody had to come back once more. */
    public int returns() {
        return returns.get();
    }

    private Member member(Language language, URI base, String channel, String epoch, long offset) throws IOException {
        Member member = new Member(language.open(base), channel, epoch, offset);
        opening.lock();
        try {
            sockets.add(member.frames);
        } finally {
            opening.unlock();
        }
        return member;
    }

    private void listen(Language language, Member member) {
        try {
            String frame;
            while ((frame = member.frames.next()) != null) {
                language.take(this, member, frame);
            }
        } catch (IOException e) {
            // It was closed, here or there; what is missing shows in the counts.
        } catch (RuntimeException e) {
            failed = e;
        }
    }

    void joined() {
        joined.incrementAndGet();
    }

    void published() {
        published.release();
    }

    void received(long sentNanos) {
        waits.recordValue(Math.clamp((System.nanoTime() - sentNanos) / 1_000, 0, LONGEST_MICROS));
        received.incrementAndGet();
    }

    public long receivedSoFar() {
        return received.get();
    }

    public Histogram waits() {
        return waits;
    }

    public void forget() {
        waits = new ConcurrentHistogram(LONGEST_MICROS, 3);
    }

    public void awaitJoined(int count, Duration within) throws IOException {
        await("joined", joined, count, within);
    }

    public void awaitReceived(long count, Duration within) throws IOException {
        await("received", received, count, within);
    }

    private void await(String what, Number counted, long expected, Duration within) throws IOException {
        long deadline = System.nanoTime() + within.toNanos();
        while (counted.longValue() < expected) {
            if (failed != null) {
                throw new IOException(failed);
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(counted + " of " + expected + " " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /**
     * By the publishers in turn and to the channels in turn, evenly; a message's time begins when it was due.
     *
     * @return how many
     */
    public long publish(
            Language language, List<Member> publishers, List<String> channels, double perSecond, Duration lasting)
            throws IOException {
        long count = (long) (perSecond * lasting.toMillis() / 1_000);
        long begun = System.nanoTime();
        try {
            for (long n = 0; n < count; n++) {
                long due = begun + (long) (n * 1e9 / perSecond);
                long ahead;
                while ((ahead = due - System.nanoTime()) > 0) {
                    LockSupport.parkNanos(ahead);
                }
                if (!published.tryAcquire(30, TimeUnit.SECONDS)) {
                    throw new IOException("a message was not acknowledged");
                }
                String channel = channels.get((int) (n % channels.size()));
                publishers.get((int) (n % publishers.size())).send(language.publishing(channel, n, due));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (Frames socket : sockets) {
            socket.close();
        }
    }
}
