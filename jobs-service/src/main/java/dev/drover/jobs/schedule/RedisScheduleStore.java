package dev.drover.jobs.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisScheduleStore implements ScheduleStore {

    private static final RedisScript PUT = RedisScript.load("schedule_put");
    private static final RedisScript DELETE = RedisScript.load("schedule_delete");
    private static final RedisScript PAUSE = RedisScript.load("schedule_pause");
    private static final RedisScript CLAIM = RedisScript.load("schedule_claim");

    private final RedisCalls redis;
    private final ScheduleRecords records;
    private final ScheduleConfig config;

    RedisScheduleStore(RedisCalls redis, ScheduleRecords records, ScheduleConfig config) {
        this.redis = redis;
        this.records = records;
        this.config = config;
    }

    @Override
    public Optional<Schedule> find(ScheduleName name) {
        return Optional.ofNullable(redis.send(Command.HGET, ScheduleKeys.RECORDS, name.value()))
                .map(record -> records.read(name, record.toString()));
    }

    @Override
    public List<Schedule> list(Optional<ScheduleName> after, int limit) {
        String from = after.map(name -> "(" + name).orElse("-");
        return all(
                redis.send(Command.ZRANGEBYLEX, ScheduleKeys.NAMES, from, "+", "LIMIT", "0", Integer.toString(limit)));
    }

    @Override
    public List<Schedule> due(Instant now, int limit) {
        return all(redis.send(
                Command.ZRANGEBYSCORE,
                ScheduleKeys.DUE,
                "-inf",
                Long.toString(now.toEpochMilli()),
                "LIMIT",
                "0",
                Integer.toString(limit)));
    }

    private List<Schedule> all(Response names) {
        if (names.size() == 0) {
            return List.of();
        }
        List<String> asked = new ArrayList<>(List.of(ScheduleKeys.RECORDS));
        names.forEach(name -> asked.add(name.toString()));
        Response found = redis.send(Command.HMGET, asked.toArray(String[]::new));
        List<Schedule> schedules = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            // One may have been deleted in between.
            if (found.get(i) != null) {
                schedules.add(records.read(
                        new ScheduleName(asked.get(i + 1)), found.get(i).toString()));
            }
        }
        return schedules;
    }

    @Override
    public PutResult put(
            ScheduleName name, Definition definition, Expected expected, Optional<Definition.Tick> next, Instant now) {
        Response answer = redis.run(
                PUT,
                List.of(ScheduleKeys.RECORDS, ScheduleKeys.DUE, ScheduleKeys.NAMES),
                List.of(
                        name.value(),
                        text(expected),
                        records.write(definition),
                        tick(next),
                        due(next),
                        Integer.toString(config.schedulesMax()),
                        Long.toString(now.toEpochMilli())));
        return switch (answer.get(0).toString()) {
            case "put" ->
                new PutResult.Put(
                        answer.get(1).toLong(), answer.get(2).toString().equals("created"));
            case "differs" -> new PutResult.Differs(answer.get(1).toLong());
            case "unknown" -> new PutResult.Unknown();
            case "full" -> new PutResult.Full();
            default -> throw new IllegalStateException("schedule_put answered " + answer);
        };
    }

    @Override
    public DeleteResult delete(ScheduleName name, Expected expected) {
        Response answer = redis.run(
                DELETE,
                List.of(ScheduleKeys.RECORDS, ScheduleKeys.DUE, ScheduleKeys.NAMES, ScheduleKeys.history(name)),
                List.of(name.value(), text(expected)));
        return switch (answer.get(0).toString()) {
            case "deleted" -> DeleteResult.DELETED;
            case "differs" -> DeleteResult.DIFFERS;
            case "unknown" -> DeleteResult.UNKNOWN;
            default -> throw new IllegalStateException("schedule_delete answered " + answer);
        };
    }

    @Override
    public PauseResult pause(Schedule schedule, boolean paused, Optional<Definition.Tick> next) {
        Response answer = redis.run(
                PAUSE,
                List.of(ScheduleKeys.RECORDS, ScheduleKeys.DUE),
                List.of(
                        schedule.name().value(),
                        paused ? "1" : "0",
                        Long.toString(schedule.version()),
                        tick(next),
                        due(next)));
        return switch (answer.get(0).toString()) {
            case "done" -> PauseResult.DONE;
            case "differs" -> PauseResult.DIFFERS;
            case "unknown" -> PauseResult.UNKNOWN;
            default -> throw new IllegalStateException("schedule_pause answered " + answer);
        };
    }

    @Override
    public boolean claim(Schedule schedule, List<Firing> firings, Optional<Definition.Tick> next) {
        return claimed(schedule, schedule.nextTick(), firings, next);
    }

    @Override
    public boolean run(Schedule schedule, Firing firing) {
        return claimed(schedule, Optional.empty(), List.of(firing), Optional.empty());
    }

    private boolean claimed(
            Schedule schedule, Optional<Instant> tick, List<Firing> firings, Optional<Definition.Tick> next) {
        List<JobId> jobs =
                firings.stream().map(Firing::job).flatMap(Optional::stream).toList();
        List<String> args = new ArrayList<>(List.of(
                schedule.name().value(),
                Long.toString(schedule.version()),
                tick.map(RedisScheduleStore::millis).orElse(""),
                tick(next),
                due(next),
                Integer.toString(config.historyMax()),
                Integer.toString(jobs.size())));
        Definition definition = schedule.definition();
        jobs.forEach(
                id -> args.addAll(List.of(id.toString(), definition.type(), definition.owner(), definition.payload())));
        firings.forEach(firing -> args.add(records.write(firing)));
        Response answer = redis.run(
                CLAIM,
                List.of(
                        ScheduleKeys.RECORDS,
                        ScheduleKeys.DUE,
                        ScheduleKeys.history(schedule.name()),
                        ScheduleKeys.OUTBOX),
                args);
        return switch (answer.get(0).toString()) {
            case "claimed" -> true;
            case "lost", "unknown" -> false;
            default -> throw new IllegalStateException("schedule_claim answered " + answer);
        };
    }

    @Override
    public List<Firing> history(ScheduleName name, int limit) {
        List<Firing> firings = new ArrayList<>();
        redis.send(Command.LRANGE, ScheduleKeys.history(name), "0", Integer.toString(limit - 1))
                .forEach(entry -> firings.add(records.readFiring(entry.toString())));
        return firings;
    }

    private static String text(Expected expected) {
        return switch (expected) {
            case Expected.Nothing nothing -> "";
            case Expected.Anything anything -> "*";
            case Expected.Version(long number) -> Long.toString(number);
        };
    }

    private static String tick(Optional<Definition.Tick> tick) {
        return tick.map(Definition.Tick::at).map(RedisScheduleStore::millis).orElse("");
    }

    private static String due(Optional<Definition.Tick> tick) {
        return tick.map(Definition.Tick::due).map(RedisScheduleStore::millis).orElse("");
    }

    private static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }
}
