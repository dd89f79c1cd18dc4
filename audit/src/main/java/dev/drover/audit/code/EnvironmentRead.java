package dev.drover.audit.code;

/**
 * A read of an environment variable or a system property.
 *
 * @param call {@code getenv} or {@code getProperty}
 * @param name what is read; empty when it is computed, or when all is read
 */
public record EnvironmentRead(String call, String name, Place place) {}
