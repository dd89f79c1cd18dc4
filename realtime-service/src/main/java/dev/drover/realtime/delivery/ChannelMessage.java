package dev.drover.realtime.delivery;

import java.time.Instant;
import java.util.Optional;

/**
 * One message as it stands in its channel's history.
 *
 * @param offset its place in the epoch, from 1
 * @param id     the publisher's id
 * @param data   any JSON value as text
 * @param from   the account that spoke, or {@code system}
 * @param at     when it was appended, by Redis's clock
 * @param trace  where in a trace it was published, as a W3C {@code traceparent}
 */
public record ChannelMessage(long offset, String id, String data, String from, Instant at, Optional<String> trace) {}
