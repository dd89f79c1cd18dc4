package dev.drover.jobs.enqueue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.drover.jobs.JobsError;
import dev.drover.platform.jobs.Backoff;
import dev.drover.platform.jobs.Dependencies;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobOptions;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.UniqueKey;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.problem.Violation;

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
        String payload = payload(request);
        Duration delay = delay(request);
        boolean isBeyond = delay.isNegative() || delay.compareTo(delayMax) > 0;
        List<Violation> faults = faults(request);
        if (isBeyond || !faults.isEmpty()) {
            List<Violation> all = new ArrayList<>(faults);
            if (isBeyond) {
                all.add(new Violation(
                        request.runAt() != null ? "/runAt" : "/delay", "must be within " + delayMax + " from now"));
            }
            throw ServiceException.invalid(all);
        }
        return new NewJob(
                id,
                request.type(),
                owner,
                payload,
                delay,
                request.maxAttempts() == null ? NewJob.MAX_ATTEMPTS_DEFAULT : request.maxAttempts(),
                request.priority() == null ? NewJob.PRIORITY_DEFAULT : request.priority(),
                options(request));
    }

    private static String payload(EnqueueRequest request) {
        String payload = request.payload() == null ? "{}" : request.payload().text();
        int bytes = NewJob.bytes(payload);
        if (bytes > NewJob.PAYLOAD_BYTES_MAX) {
            throw new ServiceException(
                    JobsError.PAYLOAD_TOO_LARGE,
                    "It has " + bytes + " bytes, at most " + NewJob.PAYLOAD_BYTES_MAX
                            + " are taken. Upload larger things as media and send the media id.");
        }
        return payload;
    }

    private Duration delay(EnqueueRequest request) {
        if (request.runAt() != null) {
            Duration ahead = Duration.between(clock.instant(), request.runAt());
            // A time that has passed means now.
            return ahead.isNegative() ? Duration.ZERO : ahead;
        }
        return request.delay() == null ? Duration.ZERO : request.delay();
    }

    /** What no annotation says; parts that break their annotations are left to those. */
    static List<Violation> faults(EnqueueRequest request) {
        if (isPlain(request)) {
            return List.of();
        }
        List<Violation> faults = new ArrayList<>();
        if (request.delay() != null && request.runAt() != null) {
            faults.add(new Violation("/runAt", "excludes delay: send one of them"));
        }
        within(faults, "/timeLimit", request.timeLimit(), JobOptions.TIME_LIMIT_MIN, JobOptions.TIME_LIMIT_MAX);
        if (request.backoff() != null && Soundness.isFormed(request.backoff())) {
            judge(faults, request.backoff());
        }
        if (request.unique() != null && Soundness.isFormed(request.unique())) {
            judge(faults, request.unique());
        }
        List<String> dependsOn = request.dependsOn() == null ? List.of() : request.dependsOn();
        for (int i = 0; i < dependsOn.size(); i++) {
            if (dependsOn.get(i) != null && JobId.parse(dependsOn.get(i)).isEmpty()) {
                faults.add(new Violation("/dependsOn/" + i, "must be the id of a job"));
            }
        }
        if (request.unique() != null && !dependsOn.isEmpty()) {
            faults.add(new Violation("/unique", "excludes dependsOn: send one of them"));
        }
        return faults;
    }

    /** As a rule it says no more than what is to be done, and perhaps when. */
    private static boolean isPlain(EnqueueRequest request) {
        return (request.delay() == null || request.runAt() == null)
                && request.timeLimit() == null
                && request.backoff() == null
                && request.unique() == null
                && request.dependsOn() == null;
    }

    private static JobOptions options(EnqueueRequest request) {
        if (isPlain(request) && request.group() == null && !Boolean.TRUE.equals(request.quiet())) {
            return JobOptions.NONE;
        }
        return new JobOptions(
                Optional.ofNullable(request.group()),
                Optional.ofNullable(request.timeLimit()),
                Optional.ofNullable(request.backoff()).map(RequestedJob::backoff),
                Optional.ofNullable(request.unique()).map(RequestedJob::unique),
                dependencies(request),
                Boolean.TRUE.equals(request.quiet()));
    }

    private static Backoff backoff(EnqueueRequest.Rests rests) {
        int jitter =
                rests.jitter() == null ? Backoff.JITTER_DEFAULT_PER_MILLE : (int) Math.round(rests.jitter() * 1_000);
        return switch (rests.kind()) {
            case "fixed" -> new Backoff.Fixed(rests.delay(), jitter);
            case "exponential" -> {
                Duration first = rests.delay();
                Duration longest = first.compareTo(LONGEST_REST) > 0 ? first : LONGEST_REST;
                yield new Backoff.Exponential(first, rests.max() == null ? longest : rests.max(), jitter);
            }
            default -> new Backoff.Custom(rests.delays(), jitter);
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
                .map(text -> JobId.parse(text).orElseThrow())
                .toList();
        Dependencies.OnFailure onFailure =
                switch (request.onDependencyFailure() == null ? "cancel" : request.onDependencyFailure()) {
                    case "dead" -> Dependencies.OnFailure.DEAD;
                    case "run" -> Dependencies.OnFailure.RUN;
                    default -> Dependencies.OnFailure.CANCELLED;
                };
        return new Dependencies(on, onFailure);
    }

    private static void judge(List<Violation> faults, EnqueueRequest.Rests rests) {
        boolean isList = rests.kind().equals("list");
        if (isList ? rests.delays() == null : rests.delay() == null) {
            faults.add(new Violation(isList ? "/backoff/delays" : "/backoff/delay", "is needed for this kind"));
        }
        List<Duration> delays = isList && rests.delays() != null ? rests.delays() : List.of();
        for (int i = 0; i < delays.size(); i++) {
            within(faults, "/backoff/delays/" + i, delays.get(i), Backoff.DELAY_MIN, Backoff.DELAY_MAX);
        }
        if (isList) {
            return;
        }
        within(faults, "/backoff/delay", rests.delay(), Backoff.DELAY_MIN, Backoff.DELAY_MAX);
        if (rests.kind().equals("exponential")
                && rests.delay() != null
                && rests.delay().compareTo(Backoff.DELAY_MAX) <= 0) {
            within(faults, "/backoff/max", rests.max(), rests.delay(), Backoff.DELAY_MAX);
        }
    }

    private static void judge(List<Violation> faults, EnqueueRequest.Unique unique) {
        if (unique.length() != null && unique.mode() != null && !unique.mode().equals("throttle")) {
            faults.add(new Violation("/unique/for", "is for the mode throttle alone"));
        } else {
            within(faults, "/unique/for", unique.length(), UniqueKey.LENGTH_MIN, UniqueKey.LENGTH_MAX);
        }
    }

    private static void within(List<Violation> faults, String pointer, Duration given, Duration least, Duration most) {
        if (given != null && (given.compareTo(least) < 0 || given.compareTo(most) > 0)) {
            faults.add(new Violation(pointer, "must be from " + least + " to " + most + "; it is " + given));
        }
    }
}
