package dev.drover.bench.row;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.HdrHistogram.Histogram;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.ScanParams;
import redis.clients.jedis.ScanResult;

import dev.drover.bench.load.HttpCall;
import dev.drover.bench.load.OpenLoop;
import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;
import dev.drover.bench.work.Flags;
import dev.drover.stores.EmbeddedRedis.Persistence;
import dev.drover.stores.process.Programs;

/**
 * Jobs by one, two and four processes of workers, and by what Redis writes to its file: how many are added and done in a second, and how long
 * one takes from being added to its end when half as many come.
 */
public final class Workforces implements Row {

    private static final int JOBS_A_SECOND = 10_000;

    /** As many as a worker may have. */
    private static final int HANDS = 1_000;

    private static final String QUEUE = "default";

    /** Jobs of one request while latency is measured. */
    private static final int FEW = 10;

    private static final int CONNECTIONS = 8;
    private static final int RAW_REQUESTS = 300_000;
    private static final int SCANNED = 1_000;
    private static final long LONGEST_MILLIS = 600_000;

    private record Setting(int workers, Persistence persistence) {}

    private static final List<Setting> SETTINGS = List.of(
            new Setting(1, Persistence.EVERY_SECOND),
            new Setting(2, Persistence.EVERY_SECOND),
            new Setting(4, Persistence.EVERY_SECOND),
            new Setting(1, Persistence.NONE),
            new Setting(1, Persistence.ALWAYS));

    @Override
    public String id() {
        return "workforces";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        for (Setting setting : SETTINGS) {
            Path data = plan.data().resolve(id() + "-" + setting.workers() + "-" + setting.persistence());
            try (Drover drover = Drover.start(plan.home(), data, setting.persistence())) {
                measure(plan, report, setting, drover, crew(drover, setting));
            }
        }
    }

    private static Crew crew(Drover drover, Setting setting) throws IOException {
        Instance auth = drover.start(Service.AUTH);
        Instance api = drover.start(Service.JOBS, Map.of("JOBS_ROLE", "api"));
        List<Long> pids = new ArrayList<>(List.of(api.pid()));
        Map<String, String> worker = Map.of(
                "JOBS_ROLE",
                "worker",
                "DROVER_JOBS_WORKER_CONCURRENCY",
                Integer.toString(HANDS),
                "DROVER_JOBS_WORKER_CPU_MAX",
                "100");
        for (int i = 0; i < setting.workers(); i++) {
            pids.add(drover.start(Service.JOBS, worker).pid());
        }
        URI redis = drover.redis().url();
        return new Crew(
                setting.workers() + " × " + word(setting),
                api.base(),
                Flags.promote(redis, auth.base(), Account.signUp(auth.base(), "bench")),
                QUEUE,
                Crew.nothing(QUEUE),
                redis,
                Crew.unfinished(QUEUE),
                pids,
                drover.redis().pid());
    }

    private void measure(Plan plan, Report report, Setting setting, Drover drover, Crew crew) throws IOException {
        int jobs = (int) (plan.each().toSeconds() * JOBS_A_SECOND / Crew.BULK) * Crew.BULK;
        crew.warmUp(plan, jobs);
        double[] added = new double[plan.repetitions()];
        double[] done = new double[plan.repetitions()];
        for (int i = 0; i < plan.repetitions(); i++) {
            Crew.Done once = crew.work(jobs);
            added[i] = once.addedPerSecond();
            done[i] = once.donePerSecond();
        }
        Figures perSecond = report.figure(id(), crew.name(), "throughput", "jobs/s", new Figures(done));
        Histogram taken = latency(plan, crew, perSecond.median() / 2);
        report.figure(id(), crew.name(), "p99 at half load", "ms", new Figures(taken.getValueAtPercentile(99)));
        report.table(
                        "Jobs, by workers and persistence",
                        ("%,d jobs that do nothing, added by requests of 1,000 one after the other, and worked on by so many processes with "
                                        + "%d hands each; then half as many a second as were done, by requests of %d, and how long a job takes from being "
                                        + "added to its end by Redis's clock. Beside it what redis-benchmark writes into the same Redis, 16 in a pipeline.")
                                .formatted(jobs, HANDS, FEW),
                        "worker processes",
                        "append-only file",
                        "added/s",
                        "done/s",
                        "p50 ms at half load",
                        "p99 ms",
                        "redis-benchmark SET/s")
                .row(
                        setting.workers(),
                        word(setting),
                        report.figure(id(), crew.name(), "added", "jobs/s", new Figures(added)),
                        perSecond,
                        taken.getValueAtPercentile(50),
                        taken.getValueAtPercentile(99),
                        raw(drover));
    }

    private static String raw(Drover drover) throws IOException {
        return Programs.find("redis-benchmark").isEmpty()
                ? "–"
                : Figures.shown(Limits.raw(drover.redis().port(), "set", 16, RAW_REQUESTS));
    }

    /** In milliseconds. */
    private static Histogram latency(Plan plan, Crew crew, double perSecond) throws IOException {
        try (Jedis redis = new Jedis(crew.redis())) {
            long from = Long.parseLong(redis.time().getFirst()) * 1_000;
            HttpCall few = HttpCall.json("POST", "/jobs/bulk", Crew.bulk(crew.job(), FEW))
                    .bearer(crew.account().token());
            OpenLoop.run(crew.api(), few, perSecond / FEW, CONNECTIONS, plan.each());
            crew.awaitNone();
            return taken(redis, from);
        }
    }

    /** Of all jobs that were added since, as their records say. */
    private static Histogram taken(Jedis redis, long fromMillis) throws IOException {
        Histogram taken = new Histogram(LONGEST_MILLIS, 3);
        ScanParams many = new ScanParams().count(SCANNED);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<Map.Entry<String, String>> page = redis.hscan("drover:{q:" + QUEUE + "}:jobs", cursor, many);
            for (Map.Entry<String, String> entry : page.getResult()) {
                JsonNode job = Account.read(entry.getValue());
                if (job.path("createdAt").asLong() >= fromMillis) {
                    taken.recordValue(
                            job.path("endedAt").asLong() - job.path("createdAt").asLong());
                }
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return taken;
    }

    private static String word(Setting setting) {
        return switch (setting.persistence()) {
            case NONE -> "off";
            case EVERY_SECOND -> "everysec";
            case ALWAYS -> "always";
        };
    }
}
