package dev.drover.platform.idempotency;

import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;
import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** How requests with an {@code Idempotency-Key} are remembered. The same on all instances of a service. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.idempotency")
public interface IdempotencyConfig {

    /** How long an answer is kept and given again. */
    @WithDefault("${IDEMPOTENCY_RETENTION:PT24H}")
    @DurationMin(seconds = 1)
    @DurationMax(days = 30)
    Duration retention();

    /** How long a run that says nothing still has its key: no crash blocks a key for longer. A live run renews it three times as often. */
    @WithDefault("PT5S")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration lease();

    /** How long a run is renewed at most; beyond it a repeat may run beside it. Longer than any request takes. */
    @WithDefault("PT2M")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration runMax();

    /** The largest body that is recorded, in bytes; what is larger is answered and not kept. */
    @WithDefault("131072")
    @Min(0)
    @Max(1_048_576)
    int answerBytesMax();
}
