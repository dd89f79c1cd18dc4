package dev.drover.realtime.delivery;

/**
 * A message ready to be sent, rendered once for all sockets of the instance.
 *
 * @param bytes the frame's length in UTF-8
 */
public record Delivery(long offset, String frame, int bytes) {}
