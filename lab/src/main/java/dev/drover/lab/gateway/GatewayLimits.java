package dev.drover.lab.gateway;

import java.time.Duration;

/** What bounds the gateway's patience and memory. */
public record GatewayLimits(
        int bufferedBytes, int attempts, Duration untilReady, Duration untilLastAttempt, Duration connectTimeout) {

    public static final GatewayLimits DEFAULTS =
            new GatewayLimits(1 << 20, 4, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(1));

    public GatewayLimits {
        if (bufferedBytes < 0) {
            throw new IllegalArgumentException("bufferedBytes must not be negative: " + bufferedBytes);
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
        }
    }
}
