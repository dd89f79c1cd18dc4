package dev.drover.jobs.enqueue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import dev.drover.jobs.JobsError;
import dev.drover.platform.jobs.Backoff;
import dev.drover.platform.jobs.Dependencies;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.UniqueKey;
import dev.drover.platform.problem.ServiceException;

/** A request as the job it asks for; what cannot be one is refused with the place in the body. */
final class RequestedJob {

    private static final Duration LONGEST_REST = Duration.ofMinutes(10);

    private final Clock clock;
    private final Duration delayMax;

    RequestedJob(Clock clock, Duration delayMax) {
        this.clock = clock;
        this.delayMax = delayMax;
    }

    NewJob of(EnqueueRequest request, JobId id, String owner) {
        return new NewJob(
                id,
                request.type(),
                owner,
                payload(request),
                delay(request),
                request.maxAttempts() == null ? NewJob.MAX_ATTEMPTS_DEFAULT : request.maxAttempts(),
                request.priority() == null ? NewJob.PRIORITY_DEFAULT : request.priority(),
                options(request));
    }

    private static String payload(EnqueueRequest request) {
        String payload = request.payload() == null ? "{}" : request.payload().toString();
        int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > NewJob.PAYLOAD_BYTES_MAX) {
            throw new ServiceException(
                    JobsError.PAYLOAD_TOO_LARGE,
                    "It has " + bytes + " bytes, at most " + NewJob.PAYLOAD_BYTES_MAX
                            + " are taken. Upload larger things as media and send the media id.");
        }
        return payload;
    }

    private Duration delay(EnqueueRequest request) {
        if (request.delay() != null && request.runAt() != null) {
            throw ServiceException.invalid("/runAt", "excludes delay: send one of them");
        }
        Duration delay = Duration.ZERO;
        if (request.runAt() != null) {
            Duration ahead = Duration.between(clock.instant(), request.runAt());
            // A time that has passed means now.
            delay = ahead.isNegative() ? Duration.ZERO : ahead;
        } else if (request.delay() != null) {
            delay = request.delay();
        }
        if (delay.isNegative() || delay.compareTo(delayMax) > 0) {
            throw ServiceException.invalid(
                    request.runAt() != null ? "/runAt" : "/delay", "must be within " + delayMax + " from now");
        }
        return delay;
    }

    private static JobOptions options(EnqueueRequest request) {
        Optional<Backoff> backoff =
                Optional.ofNullable(request.backoff()).map(rests -> at("/backoff", () -> backoff(rests)));
        Optional<UniqueKey> unique = Optional.ofNullable(request.unique()).map(key -> at("/unique", () -> unique(key)));
        Dependencies dependencies = dependencies(request);
        if (unique.isPresent() && !dependencies.on().isEmpty()) {
            throw ServiceException.invalid("/unique", "excludes dependsOn: send one of them");
        }
        Optional<Duration> timeLimit = Optional.ofNullable(request.timeLimit());
        boolean quiet = Boolean.TRUE.equals(request.quiet());
        return at(
                "/timeLimit",
                () -> new JobOptions(
                        Optional.ofNullable(request.group()), timeLimit, backoff, unique, dependencies, quiet));
    }

    private static Backoff backoff(EnqueueRequest.Rests rests) {
        int jitter =
                rests.jitter() == null ? Backoff.JITTER_DEFAULT_PER_MILLE : (int) Math.round(rests.jitter() * 1_000);
        return switch (rests.kind()) {
            case "fixed" -> new Backoff.Fixed(needed(rests.delay(), "delay"), jitter);
            case "exponential" -> {
                Duration first = needed(rests.delay(), "delay");
                Duration longest = first.compareTo(LONGEST_REST) > 0 ? first : LONGEST_REST;
                yield new Backoff.Exponential(first, rests.max() == null ? longest : rests.max(), jitter);
            }
            default -> new Backoff.Custom(needed(rests.delays(), "delays"), jitter);
        };
    }

    private static UniqueKey unique(EnqueueRequest.Unique unique) {
        UniqueKey.Mode mode = unique.mode() == null
                ? UniqueKey.Mode.THROTTLE
                : UniqueKey.Mode.valueOf(unique.mode().toUpperCase(Locale.ROOT));
        return new UniqueKey(unique.key(), mode, Optional.ofNullable(unique.length()));
    }

    private static Dependencies dependencies(EnqueueRequest request) {
        if (request.dependsOn() == null || request.dependsOn().isEmpty()) {
            return Dependencies.NONE;
        }
        List<JobId> on = request.dependsOn().stream()
                .map(text -> JobId.parse(text)
                        .orElseThrow(() -> ServiceException.invalid("/dependsOn", "has what is not the id of a job")))
                .toList();
        Dependencies.OnFailure onFailure =
                switch (request.onDependencyFailure() == null ? "cancel" : request.onDependencyFailure()) {
                    case "dead" -> Dependencies.OnFailure.DEAD;
                    case "run" -> Dependencies.OnFailure.RUN;
                    default -> Dependencies.OnFailure.CANCELLED;
                };
        return new Dependencies(on, onFailure);
    }

    private static <T> T needed(T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("needs " + name + " for this kind");
        }
        return value;
    }

    private static <T> T at(String pointer, Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalid(pointer, e.getMessage());
        }
    }
}
