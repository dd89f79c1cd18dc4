package dev.drover.deploy.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Writes through the public API until its standard input ends, whatever happens to the instances meanwhile, and then asks for everything
 * that was acknowledged. A line of input is answered with how far it is, and is the writers' pause in milliseconds from then on. Exit
 * code 1 when anything is missing.
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
        AtomicReference<Duration> pause = new AtomicReference<>(Duration.ofMillis(10));
        writers.forEach(
                writer -> threads.add(Thread.ofVirtual().start(() -> writer.writeUntil(isOver::get, pause::get))));
        System.out.println("writing");
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            pause.set(Duration.ofMillis(Long.parseLong(line)));
            System.out.println(counted(writers));
        }
        isOver.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        List<String> lost = new ArrayList<>(picture.audit());
        writers.forEach(writer -> lost.addAll(writer.audit()));
        System.out.printf("%s, %d lost%n", counted(writers), lost.size());
        lost.forEach(System.out::println);
        System.exit(lost.isEmpty() ? 0 : 1);
    }

    private static String counted(List<ProfileWriter> writers) {
        Map<String, Integer> unanswered = new TreeMap<>();
        writers.forEach(writer ->
                writer.unanswered().forEach((reason, times) -> unanswered.merge(reason, times, Integer::sum)));
        return "%d writes acknowledged, not done: %s"
                .formatted(
                        writers.stream().mapToInt(ProfileWriter::acknowledged).sum(), unanswered);
    }
}
