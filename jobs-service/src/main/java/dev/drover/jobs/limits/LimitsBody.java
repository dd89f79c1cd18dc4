package dev.drover.jobs.limits;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.problem.JudgedBody;
import dev.drover.platform.problem.Violation;

/** Limits on the wire; what is left out or null is without limit. */
@RegisterForReflection
@Schema(name = "QueueLimits")
record LimitsBody(
        @Nullable
        @Min(1)
        @Max(Limits.CONCURRENCY_MAX)
        @Schema(description = "Jobs of the queue that run at once, on all instances")
        Integer concurrency,

        @Nullable @Valid RateBody rate,

        @Nullable @Min(1) @Max(Limits.CONCURRENCY_MAX) @Schema(description = "The same of each group")
        Integer groupConcurrency,

        @Nullable @Valid RateBody groupRate)
        implements JudgedBody {

    @Schema(name = "QueueRate")
    record RateBody(
            @NotNull @Min(1) @Max(Limits.Rate.COUNT_MAX) Integer count,

            @NotNull @Schema(implementation = String.class, examples = "PT1M")
            String period) {

        private static final String EXPECTED = "must be an ISO-8601 duration from 1 ms to " + Limits.Rate.PERIOD_MAX;

        static RateBody of(Limits.Rate rate) {
            return new RateBody(rate.count(), rate.period().toString());
        }

        Limits.Rate toRate() {
            return new Limits.Rate(count, Duration.parse(period));
        }

        /** @param rate may be null */
        static Stream<Violation> faults(RateBody rate, String pointer) {
            if (rate == null || rate.period() == null) {
                return Stream.empty();
            }
            try {
                new Limits.Rate(1, Duration.parse(rate.period()));
                return Stream.empty();
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
                return Stream.of(new Violation(pointer + "/period", EXPECTED));
            }
        }
    }

    @Override
    public List<Violation> violations() {
        return Stream.concat(RateBody.faults(rate, "/rate"), RateBody.faults(groupRate, "/groupRate"))
                .toList();
    }

    static LimitsBody of(Limits limits) {
        return new LimitsBody(
                number(limits.concurrency()),
                limits.rate().map(RateBody::of).orElse(null),
                number(limits.groupConcurrency()),
                limits.groupRate().map(RateBody::of).orElse(null));
    }

    Limits toLimits() {
        return new Limits(
                number(concurrency),
                Optional.ofNullable(rate).map(RateBody::toRate),
                number(groupConcurrency),
                Optional.ofNullable(groupRate).map(RateBody::toRate));
    }

    private static Integer number(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    private static OptionalInt number(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
