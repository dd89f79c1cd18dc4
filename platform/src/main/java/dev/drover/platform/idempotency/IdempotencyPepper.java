package dev.drover.platform.idempotency;

/**
 * A secret that all instances of a service have and Redis has not. With it, whoever has a copy of Redis cannot find out a weak
 * {@code Idempotency-Key} by trying. A service whose answers or requests carry secrets provides one as a bean; it may change, and then
 * what was recorded before is no longer found.
 */
public interface IdempotencyPepper {

    byte[] value();
}
