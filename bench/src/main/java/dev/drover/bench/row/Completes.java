package dev.drover.bench.row;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drover.bench.load.Connection;
import dev.drover.bench.load.HttpCall;
import dev.drover.bench.load.Refused;
import dev.drover.bench.machine.Processes;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;

/** Uploads that have been put into the store are declared complete: a look at the store, one script, a job. */
public final class Completes implements Row {

    private static final int FILES = 300;
    private static final int CONNECTIONS = 16;
    private static final byte[] CONTENT = "the herd stands\n".getBytes(StandardCharsets.UTF_8);

    @Override
    public String id() {
        return "complete";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException, InterruptedException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()))) {
            Instance auth = drover.start(Service.AUTH);
            Instance media = drover.start(Service.MEDIA);
            Account account = Account.signUp(auth.base(), "bench");
            List<double[]> all = new ArrayList<>();
            once(drover, media, account);
            for (int i = 0; i < plan.repetitions(); i++) {
                all.add(once(drover, media, account));
            }
            report.table(
                            "Uploads completed",
                            ("`POST /media/uploads/{id}/complete`, %d files of 16 bytes, %d connections. Each looks at the object store once; "
                                            + "S3Proxy is on the same cores.")
                                    .formatted(FILES, CONNECTIONS),
                            "completed/s",
                            "service µs",
                            "Redis µs")
                    .row(
                            report.figure(id(), "Drover", "throughput", "/s", Turns.column(all, 0)),
                            report.figure(id(), "Drover", "processor of the service", "µs", Turns.column(all, 1)),
                            report.figure(id(), "Drover", "processor of Redis", "µs", Turns.column(all, 2)));
        }
    }

    private static double[] once(Drover drover, Instance media, Account account)
            throws IOException, InterruptedException {
        Queue<String> ids = new ConcurrentLinkedQueue<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < FILES; i++) {
                ids.add(uploaded(http, media.base(), account));
            }
        }
        double service = Processes.cpuSeconds(List.of(media.pid()));
        double redis = Processes.cpuSeconds(List.of(drover.redis().pid()));
        long begun = System.nanoTime();
        complete(media.base(), account, ids);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double micros = 1e6 / FILES;
        return new double[] {
            FILES / seconds,
            (Processes.cpuSeconds(List.of(media.pid())) - service) * micros,
            (Processes.cpuSeconds(List.of(drover.redis().pid())) - redis) * micros
        };
    }

    private static String uploaded(HttpClient http, URI media, Account account)
            throws IOException, InterruptedException {
        String granted = account.post(
                        media.resolve("/media/uploads"),
                        Account.write(Map.of(
                                "fileName", "herd.txt",
                                "contentType", "text/plain",
                                "sizeBytes", CONTENT.length,
                                "sha256", sha256(),
                                "purpose", "file")))
                .body();
        JsonNode upload = Account.read(granted);
        HttpRequest.Builder put = HttpRequest.newBuilder(
                        URI.create(upload.path("url").asText()))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(CONTENT));
        upload.path("headers").properties().forEach(header -> {
            // The client sets this one itself, to the same.
            if (!header.getKey().equalsIgnoreCase("content-length")) {
                put.header(header.getKey(), header.getValue().asText());
            }
        });
        int status =
                http.send(put.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
            throw new IOException("the store answered " + status);
        }
        return upload.path("id").asText();
    }

    private static void complete(URI media, Account account, Queue<String> ids)
            throws IOException, InterruptedException {
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            work.add(() -> {
                try (Connection connection = new Connection(media)) {
                    String id;
                    while ((id = ids.poll()) != null) {
                        HttpCall call = HttpCall.json("POST", "/media/uploads/" + id + "/complete", "{}");
                        if (connection.send(call.bearer(account.token()), 0) != 200) {
                            throw new Refused("a completion was refused: " + connection.body());
                        }
                    }
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (Future<Void> one : threads.invokeAll(work)) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("completing failed", e.getCause());
        }
    }

    private static String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
