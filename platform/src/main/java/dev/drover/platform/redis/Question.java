package dev.drover.platform.redis;

import java.util.function.Supplier;

import dev.drover.platform.redis.RedisTransport.Exchange;

/**
 * What a call asks of Redis.
 *
 * @param name    of the command or the script, as in metrics
 * @param request what to send; a new one for each attempt
 * @param inFull  what to send when Redis does not know the script, which it asks for by its digest; null for a command
 * @param reads   it changes nothing, so a repeat is harmless
 */
record Question(String name, Supplier<Exchange> request, Supplier<Exchange> inFull, boolean reads) {}
