package dev.drover.jobs.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;

import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.QueueName;

/** Schedules as they are written in Redis. Members a newer version may have added are passed over. */
@Singleton
final class ScheduleRecords {

    private final ObjectMapper json;

    ScheduleRecords(ObjectMapper json) {
        this.json = json;
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Stored(long version, boolean paused, Long nextTick, String definition, long createdAt, long updatedAt) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record StoredDefinition(
            String cron,
            String timeZone,
            String queue,
            String type,
            String payload,
            String misfire,
            long jitterMillis,
            String owner) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record StoredFiring(long tick, long at, String cause, String job) {}

    Schedule read(ScheduleName name, String text) {
        Stored stored = parsed(text, Stored.class);
        StoredDefinition definition = parsed(stored.definition(), StoredDefinition.class);
        return new Schedule(
                name,
                new Definition(
                        definition.cron(),
                        definition.timeZone(),
                        new QueueName(definition.queue()),
                        definition.type(),
                        definition.payload(),
                        Misfire.of(definition.misfire()),
                        Duration.ofMillis(definition.jitterMillis()),
                        definition.owner()),
                stored.version(),
                stored.paused(),
                Optional.ofNullable(stored.nextTick()).map(Instant::ofEpochMilli),
                Instant.ofEpochMilli(stored.createdAt()),
                Instant.ofEpochMilli(stored.updatedAt()));
    }

    String write(Definition definition) {
        return written(new StoredDefinition(
                definition.cron(),
                definition.timeZone(),
                definition.queue().value(),
                definition.type(),
                definition.payload(),
                definition.misfire().word(),
                definition.jitter().toMillis(),
                definition.owner()));
    }

    Firing readFiring(String text) {
        StoredFiring stored = parsed(text, StoredFiring.class);
        return new Firing(
                Instant.ofEpochMilli(stored.tick()),
                Instant.ofEpochMilli(stored.at()),
                Firing.Cause.valueOf(stored.cause()),
                Optional.ofNullable(stored.job()).flatMap(JobId::parse));
    }

    String write(Firing firing) {
        return written(new StoredFiring(
                firing.tick().toEpochMilli(),
                firing.at().toEpochMilli(),
                firing.cause().name(),
                firing.job().map(JobId::toString).orElse(null)));
    }

    private <T> T parsed(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the record of a schedule cannot be read", e);
        }
    }

    private String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the record of a schedule cannot be written", e);
        }
    }
}
