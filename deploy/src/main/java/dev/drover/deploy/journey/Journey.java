package dev.drover.deploy.journey;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Writes through the public API until its standard input ends, whatever happens to the instances meanwhile, and then asks for everything
 * that was acknowledged. Exit code 1 when any of it is missing.
 */
public final class Journey {

    private static final int WRITERS = 6;

    private Journey() {}

    public static void main(String... args) throws IOException, InterruptedException {
        URI gateway = URI.create(args[0]);
        StoredPicture picture = StoredPicture.upload(gateway);
        AtomicBoolean isOver = new AtomicBoolean();
        List<ProfileWriter> writers = IntStream.range(0, WRITERS)
                .mapToObj(i -> ProfileWriter.signUp(gateway))
                .toList();
        List<Thread> threads = new ArrayList<>();
        writers.forEach(writer -> threads.add(Thread.ofVirtual().start(() -> writer.writeUntil(isOver::get))));
        System.out.println("writing");
        while (System.in.read() >= 0) {
            // Whoever started this closes its input when the journey is over.
        }
        isOver.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        List<String> lost = new ArrayList<>(picture.audit());
        writers.forEach(writer -> lost.addAll(writer.audit()));
        System.out.printf(
                "%d writes acknowledged, %d without an answer, %d lost%n",
                writers.stream().mapToInt(ProfileWriter::acknowledged).sum(),
                writers.stream().mapToInt(ProfileWriter::unanswered).sum(),
                lost.size());
        lost.forEach(System.out::println);
        System.exit(lost.isEmpty() ? 0 : 1);
    }
}
