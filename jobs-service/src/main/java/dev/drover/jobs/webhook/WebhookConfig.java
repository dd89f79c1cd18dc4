package dev.drover.jobs.webhook;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.Max;
import dev.drover.platform.config.bounds.Min;

/** Calling other people's servers. */
@RegisterForReflection
@ConfigMapping(prefix = "drover.jobs.webhook")
public interface WebhookConfig {

    /** The secrets calls are signed with, by the names jobs use for them: {@code name=secret}, separated by commas. */
    @WithDefault("${WEBHOOK_SECRETS:}")
    Optional<String> secrets();

    /** Private networks that may be called all the same, separated by commas, such as {@code 10.1.0.0/16}. */
    @WithDefault("${WEBHOOK_ALLOWED_NETWORKS:}")
    Optional<String> allowedNetworks();

    /** How long a call may take whose job does not say, connecting and the answer's body included. */
    @WithDefault("PT10S")
    Duration timeout();

    /** The longest a job may ask for. */
    @WithDefault("PT60S")
    Duration timeoutMax();

    /** How much of an answer is kept as the job's result; the rest is not read. */
    @WithDefault("4096")
    @Min(0)
    @Max(32_768)
    int answerBytesMax();

    /** How many connections one instance has to one server. */
    @WithDefault("16")
    @Min(1)
    @Max(1000)
    int connectionsMax();
}
