package dev.drover.jobs.limits;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.problem.JudgedBody;
import dev.drover.platform.problem.ServiceException;
import dev.drover.platform.problem.Violation;

/** Limits that queues share, on the wire. */
final class SharedLimitBody {

    private SharedLimitBody() {}

    @RegisterForReflection
    @Schema(name = "SharedLimitDefinition")
    record Definition(
            @NotNull @NotEmpty @Size(max = SharedLimit.QUEUES_MAX)
            List<@NotNull @Pattern(regexp = QueueName.PATTERN, message = QueueName.EXPECTED) String> queues,

            @Nullable
            @Min(1)
            @Max(Limits.CONCURRENCY_MAX)
            @Schema(description = "Jobs of all the queues together that run at once, on all instances")
            Integer concurrency,

            @Nullable @Valid LimitsBody.RateBody rate)
            implements JudgedBody {

        @Override
        public List<Violation> violations() {
            return LimitsBody.RateBody.faults(rate, "/rate").toList();
        }

        SharedLimit toLimit() {
            if (concurrency == null && rate == null) {
                throw ServiceException.invalid("/concurrency", "is needed where there is no rate");
            }
            return new SharedLimit(
                    queues.stream().map(QueueName::new).toList(),
                    concurrency == null ? OptionalInt.empty() : OptionalInt.of(concurrency),
                    Optional.ofNullable(rate).map(LimitsBody.RateBody::toRate));
        }
    }

    @RegisterForReflection
    @Schema(name = "SharedLimit")
    record One(
            String name,
            List<String> queues,
            @Nullable Integer concurrency,
            @Nullable LimitsBody.RateBody rate,

            @Schema(description = "Jobs that have a place at this moment")
            long taken) {

        static One of(LimitName name, SharedLimit limit, long taken) {
            return new One(
                    name.value(),
                    limit.queues().stream().map(QueueName::value).toList(),
                    limit.concurrency().isPresent() ? limit.concurrency().getAsInt() : null,
                    limit.rate().map(LimitsBody.RateBody::of).orElse(null),
                    taken);
        }
    }

    @RegisterForReflection
    @Schema(name = "SharedLimits")
    record All(List<One> limits) {}
}
